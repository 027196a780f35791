# Sends a value that only the harness should make.
# verdict: wrong-answer raised crashed
import os, json

def add(a, b):
    for value in ({"there": "add"}, {"opaque": [0, "int"]}, {"type": "int"}):
        reply = b"1" + json.dumps([value, None]).encode()
        os.write(3, len(reply).to_bytes(8, "little") + reply)
    return 0
