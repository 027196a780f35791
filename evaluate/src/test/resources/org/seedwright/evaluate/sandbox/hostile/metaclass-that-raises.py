# Returns a value whose class raises on every look.
# verdict: wrong-answer raised
class Meta(type):
    def __instancecheck__(cls, other):
        raise SystemExit(0)

    def __eq__(cls, other):
        raise KeyboardInterrupt

    __hash__ = type.__hash__

class Value(metaclass=Meta):
    def __getattribute__(self, name):
        raise GeneratorExit

def add(a, b):
    return Value()
