# Waits for ever without using the CPU.
# verdict: timeout
import time

def add(a, b):
    time.sleep(10**6)
