# Returns a text that fits nowhere.
# verdict: out-of-memory timeout
def add(a, b):
    return "x" * (1 << 40)
