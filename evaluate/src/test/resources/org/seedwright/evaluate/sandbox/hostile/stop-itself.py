# Stops, and nothing wakes it.
# verdict: timeout
# limit: 250 ms
import ctypes, posix, signal

def add(a, b):
    ctypes.CDLL(None).kill(posix.getpid(), signal.SIGSTOP)
