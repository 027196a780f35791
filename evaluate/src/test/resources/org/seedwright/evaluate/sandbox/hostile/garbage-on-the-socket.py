# Writes noise on its socket.
# verdict: wrong-answer raised crashed output-limit timeout
import os

def add(a, b):
    os.write(3, b"\xff" * 100_000)
    return 0
