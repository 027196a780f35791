# Leaves a thread that is no daemon.
# verdict: wrong-answer
import threading, time

def add(a, b):
    threading.Thread(target=time.sleep, args=(10**6,)).start()
    return 0
