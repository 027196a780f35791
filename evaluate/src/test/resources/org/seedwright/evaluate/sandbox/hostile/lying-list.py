# Returns a list whose iteration and length lie.
# verdict: wrong-answer raised
class Lies(list):
    __iter__ = lambda self: iter([5])
    __len__ = lambda self: 1
    __getitem__ = lambda self, i: 5
    __eq__ = lambda self, other: True

def add(a, b):
    return Lies([0])
