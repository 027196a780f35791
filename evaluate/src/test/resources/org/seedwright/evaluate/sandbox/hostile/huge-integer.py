# Computes a number of a thousand million digits.
# verdict: timeout out-of-memory
# limit: 250 ms
def add(a, b):
    return 10 ** (10**9)
