# Takes memory without end.
# verdict: out-of-memory
def add(a, b):
    kept = []
    while True:
        kept.append(bytearray(50_000_000))
