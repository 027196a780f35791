# Raises text that is no UTF-8.
# verdict: raised
def add(a, b):
    raise ValueError("\ud800" * 1000)
