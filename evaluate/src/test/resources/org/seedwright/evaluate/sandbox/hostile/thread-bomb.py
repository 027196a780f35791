# Starts threads as often as it can.
# verdict: timeout raised crashed wrong-answer out-of-memory
import _thread, time

def add(a, b):
    for _ in range(10**5):
        _thread.start_new_thread(time.sleep, (10**6,))
    time.sleep(10**6)
