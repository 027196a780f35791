# Never ends.
# verdict: timeout
def add(a, b):
    while True:
        pass
