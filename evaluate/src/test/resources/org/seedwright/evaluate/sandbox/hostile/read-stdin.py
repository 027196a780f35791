# Waits for input.
# verdict: raised
def add(a, b):
    return int(input())
