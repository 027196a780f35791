# Writes to descriptors 1 and 2 without end.
# verdict: timeout wrong-answer
# limit: 250 ms
import posix

def add(a, b):
    while True:
        posix.write(1, b"x" * 100_000)
        posix.write(2, b"x" * 100_000)
