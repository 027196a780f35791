# Eight processes take memory, each below its own limit.
# verdict: out-of-memory timeout crashed wrong-answer raised
import posix, time

def add(a, b):
    for _ in range(8):
        if posix.fork() == 0:
            kept = []
            try:
                while True:
                    kept.append(bytearray(b"x" * 20_000_000))
            except MemoryError:
                time.sleep(10**6)
    time.sleep(10**6)
