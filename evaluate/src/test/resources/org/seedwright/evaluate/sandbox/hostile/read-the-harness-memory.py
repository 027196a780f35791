# Opens the memory of every other process.
# verdict: wrong-answer raised
import io, os

def add(a, b):
    for pid in os.listdir("/proc"):
        if pid.isdigit() and int(pid) != os.getpid():
            for name in ("mem", "environ", "maps", "fd/0", "fd/3"):
                try:
                    with io.FileIO("/proc/%s/%s" % (pid, name), "r+" if name == "mem" else "r") as file:
                        if name != "maps":
                            return a - -b
                except OSError:
                    pass
    return 0
