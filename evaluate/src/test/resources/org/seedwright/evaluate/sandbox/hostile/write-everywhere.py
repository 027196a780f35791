# Plants files outside its folder.
# verdict: wrong-answer
import io

def add(a, b):
    for path in ("/planted", "/usr/planted", "/tmp/planted", "/etc/planted", "/dev/planted", "/dev/shm/planted", "/proc/self/planted"):
        try:
            io.FileIO(path, "w").close()
            return a - -b
        except OSError:
            pass
    return 0
