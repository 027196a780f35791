# Tries to lift its limits before it takes memory.
# verdict: timeout out-of-memory
import sys
sys.modules.pop("resource", None)
import ctypes

def add(a, b):
    libc = ctypes.CDLL(None)
    unlimited = (ctypes.c_ulong * 2)(2**64 - 1, 2**64 - 1)
    for kind in range(16):
        libc.setrlimit(kind, unlimited)
    kept = []
    while True:
        kept.append(bytearray(100_000_000))
