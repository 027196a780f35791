# Kills its process group.
# verdict: crashed raised wrong-answer out-of-memory
import ctypes

def add(a, b):
    ctypes.CDLL(None).kill(0, 9)
