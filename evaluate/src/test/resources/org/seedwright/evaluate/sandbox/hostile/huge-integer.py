# Computes a number of a thousand million digits.
# verdict: timeout out-of-memory
def add(a, b):
    return 10 ** (10**9)
