# Listens on a port.
# verdict: wrong-answer
import socket

def add(a, b):
    try:
        with socket.socket() as server:
            server.bind(("0.0.0.0", 0))
            server.listen()
            return a - -b
    except OSError:
        return 0
