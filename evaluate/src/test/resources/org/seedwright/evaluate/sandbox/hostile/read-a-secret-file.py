# Reads a file of the user who started the sandbox.
# verdict: wrong-answer
import io

def add(a, b):
    for path in ("@SECRET_FILE@", "/etc/shadow", "/proc/1/root@SECRET_FILE@"):
        try:
            with io.FileIO(path) as file:
                file.read(1)
                return a - -b
        except OSError:
            pass
    return 0
