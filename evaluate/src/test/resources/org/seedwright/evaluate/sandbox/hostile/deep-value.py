# Returns lists in lists in lists.
# verdict: wrong-answer raised
def add(a, b):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
