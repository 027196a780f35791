# Waits for ever without using the CPU.
# verdict: timeout
# limit: 250 ms
import time

def add(a, b):
    time.sleep(10**6)
