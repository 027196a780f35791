# Makes the compiler recurse.
# verdict: crashed raised out-of-memory
def add(a, b):
    return eval("(" * 100_000 + ")" * 100_000)
