# Waits for input below Python.
# verdict: wrong-answer raised
import os

def add(a, b):
    return int(os.read(0, 100) or 0)
