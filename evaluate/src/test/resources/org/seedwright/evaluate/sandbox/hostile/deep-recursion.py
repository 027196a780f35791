# Recurses without end.
# verdict: raised crashed
def add(a, b):
    return add(a, b)
