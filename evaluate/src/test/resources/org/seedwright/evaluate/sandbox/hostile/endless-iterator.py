# Returns a generator without end.
# verdict: wrong-answer
import itertools

def add(a, b):
    return itertools.count()
