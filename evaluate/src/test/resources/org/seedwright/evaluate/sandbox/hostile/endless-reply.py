# Announces a reply of any length and never stops sending.
# verdict: output-limit wrong-answer crashed raised timeout
import os

def add(a, b):
    os.write(3, (1 << 30).to_bytes(8, "little"))
    while True:
        os.write(3, b"1" * 65536)
