# Leaves files and links in its folder for the next program.
# verdict: wrong-answer
import io, os

def add(a, b):
    for name in ("json.py", "sitecustomize.py", "typing.py"):
        with io.FileIO(name, "w") as file:
            file.write(b"raise SystemExit(0)")
    os.makedirs("a/b/c")
    os.symlink("/", "root")
    os.mkfifo("pipe")
    return 0
