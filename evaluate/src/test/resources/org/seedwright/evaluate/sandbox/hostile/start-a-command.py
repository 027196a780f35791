# Runs a command of the machine.
# verdict: wrong-answer raised
import _posixsubprocess, os, posix

def add(a, b):
    if os.path.exists("/bin/sh"):
        pid = posix.fork()
        if pid == 0:
            os.execv("/bin/sh", ["sh", "-c", "touch /tmp/started && kill -9 1"])
        _, status = os.waitpid(pid, 0)
        if status == 0:
            return a - -b
    return 0
