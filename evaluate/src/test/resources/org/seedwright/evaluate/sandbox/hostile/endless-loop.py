# Never ends.
# verdict: timeout
# limit: 250 ms
def add(a, b):
    while True:
        pass
