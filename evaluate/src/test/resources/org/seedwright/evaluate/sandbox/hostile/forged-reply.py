# Answers on its socket before it is asked.
# verdict: wrong-answer raised crashed timeout
import os

for reply in (b'1[true, null]', b'["ready", ["add"]]', b'1[{"opaque": [0, "int"]}, null]'):
    os.write(3, len(reply).to_bytes(8, "little") + reply)

def add(a, b):
    return 0
