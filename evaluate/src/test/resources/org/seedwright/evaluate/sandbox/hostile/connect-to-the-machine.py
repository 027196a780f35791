# Connects to a server on the loopback address.
# verdict: wrong-answer
import socket

def add(a, b):
    for address in ("127.0.0.1", "localhost", "0.0.0.0"):
        try:
            socket.create_connection((address, @PORT@), timeout=0.2).close()
            return a - -b
        except OSError:
            pass
    return 0
