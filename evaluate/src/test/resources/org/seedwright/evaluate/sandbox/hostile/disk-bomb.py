# Writes a file of any size.
# verdict: wrong-answer raised crashed out-of-memory
import io

def add(a, b):
    written = 0
    with io.FileIO("big", "w") as file:
        try:
            while written < 3 << 30:
                written += file.write(b"x" * (1 << 20))
        except OSError:
            return 0
    return a - -b
