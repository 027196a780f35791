# Closes all descriptors.
# verdict: crashed wrong-answer raised
import os

def add(a, b):
    os.closerange(0, 256)
    return 0
