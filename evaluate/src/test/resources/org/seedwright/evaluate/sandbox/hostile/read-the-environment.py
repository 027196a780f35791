# Looks for variables of the process that started the sandbox.
# verdict: wrong-answer
import io, os

def add(a, b):
    text = repr(dict(os.environ))
    for pid in ("1", "2", "self"):
        try:
            with io.FileIO("/proc/%s/environ" % pid) as file:
                text += (file.readall() or b"").decode("latin-1")
        except OSError:
            pass
    return a - -b if "@SECRET_NAME@" in text else 0
