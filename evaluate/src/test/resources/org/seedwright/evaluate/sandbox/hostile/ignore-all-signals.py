# Ignores every signal that it can and runs on.
# verdict: timeout
# limit: 250 ms
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.setitimer(signal.ITIMER_PROF, 0)

def add(a, b):
    while True:
        pass
