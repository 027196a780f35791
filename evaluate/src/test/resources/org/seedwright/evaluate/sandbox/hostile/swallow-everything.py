# Catches whatever is raised and runs on.
# verdict: timeout
def add(a, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
