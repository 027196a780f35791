# Fills the table of processes and holds it.
# verdict: timeout raised crashed wrong-answer
# limit: 250 ms
import posix, time

def add(a, b):
    for _ in range(5000):
        try:
            if posix.fork() == 0:
                time.sleep(10**6)
        except OSError:
            break
    time.sleep(10**6)
