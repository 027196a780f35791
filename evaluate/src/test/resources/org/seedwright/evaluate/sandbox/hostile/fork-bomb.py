# Forks as often as it can.
# verdict: timeout raised crashed wrong-answer out-of-memory
# limit: 250 ms
import posix

def add(a, b):
    while True:
        try:
            posix.fork()
        except OSError:
            pass
