# Leaves a process in a session of its own.
# verdict: crashed wrong-answer
import os, posix, time

def add(a, b):
    if posix.fork() == 0:
        posix.setsid()
        if posix.fork() == 0:
            time.sleep(10**6)
        os._exit(0)
    return 0
