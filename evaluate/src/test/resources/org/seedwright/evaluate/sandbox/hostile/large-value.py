# Returns more than may come back.
# verdict: output-limit wrong-answer out-of-memory
def add(a, b):
    return ["x" * 1000] * 12_000
