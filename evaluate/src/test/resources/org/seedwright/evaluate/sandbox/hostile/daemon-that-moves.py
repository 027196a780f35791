# Leaves a process that forks anew all the time.
# verdict: crashed wrong-answer timeout
import os, posix, time

def add(a, b):
    if posix.fork() == 0:
        posix.setsid()
        end = time.time() + 60
        while time.time() < end:
            try:
                if posix.fork():
                    os._exit(0)
            except OSError:
                pass
    return 0
