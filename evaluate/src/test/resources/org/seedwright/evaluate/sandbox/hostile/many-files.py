# Makes files without number.
# verdict: wrong-answer raised timeout
import io

def add(a, b):
    for i in range(200_000):
        try:
            io.FileIO("f%d" % i, "w").close()
        except OSError:
            break
    return 0
