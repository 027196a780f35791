# Lifts the limit of recursion until the stack ends.
# verdict: crashed raised out-of-memory timeout
import sys

sys.setrecursionlimit(10**8)

def add(a, b):
    return repr(add(a, b)) + str([add] * 2)
