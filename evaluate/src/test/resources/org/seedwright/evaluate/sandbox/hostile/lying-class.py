# Returns an object that says it is an integer.
# verdict: wrong-answer
class Lies:
    __class__ = int

    def __eq__(self, other):
        return True

    def __int__(self):
        return 5

def add(a, b):
    return Lies()
