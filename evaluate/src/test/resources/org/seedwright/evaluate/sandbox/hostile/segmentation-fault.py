# Reads address 0.
# verdict: crashed
import ctypes

def add(a, b):
    return ctypes.string_at(0)
