# Stops, and nothing wakes it.
# verdict: timeout
import ctypes, posix, signal

def add(a, b):
    ctypes.CDLL(None).kill(posix.getpid(), signal.SIGSTOP)
