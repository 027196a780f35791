# Raises an exception whose text raises.
# verdict: raised
class Quiet(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__

def add(a, b):
    raise Quiet
