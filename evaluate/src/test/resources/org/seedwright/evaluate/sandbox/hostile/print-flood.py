# Prints without end.
# verdict: output-limit timeout
def add(a, b):
    while True:
        print("x" * 100_000)
