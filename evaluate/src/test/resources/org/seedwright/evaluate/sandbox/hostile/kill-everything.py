# Kills all processes that it may signal.
# verdict: crashed raised wrong-answer out-of-memory
import ctypes

def add(a, b):
    ctypes.CDLL(None).kill(-1, 9)
