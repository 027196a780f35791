# Catches whatever is raised and runs on.
# verdict: timeout
# limit: 250 ms
def add(a, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
