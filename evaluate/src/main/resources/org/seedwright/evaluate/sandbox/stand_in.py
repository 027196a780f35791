"""What a test has in place of the candidate's functions and objects: whatever is done to it is done over there."""

import builtins
import json

import codec
import frames


class Raised(Exception):
    """A call raised over there. Where that was one of Python's own exceptions, this is one of its kind, too."""

    verdict = "raised"


class Gone(BaseException):
    """The candidate's process ended, or was ended."""


class Remote:
    """The candidate, at the other end of a socket; its functions and objects are reached through `StandIn`s."""

    def __init__(self, sock, most_bytes):
        self.sock, self.most = sock, most_bytes
        self.encoder = codec.Encoder()
        self.decoder = codec.Decoder(opaque=lambda ref, kind: StandIn(self, ref, kind))

    def listen_first(self):
        return frames.receive(self.sock, self.most)

    def listen(self):
        try:
            return frames.receive(self.sock, self.most)
        except (frames.Ended, ConnectionError):
            raise Gone() from None

    def ask(self, request):
        try:
            frames.send(self.sock, json.dumps(request).encode())
        except OSError:
            raise Gone() from None
        reply = self.listen()
        if reply[:1] == b"1":
            form = json.loads(reply[1:])
            if type(form) is not list or len(form) != 2:
                raise codec.Unreadable("not a reply")
            return form
        verdict, reason, name = failure(reply[1:])
        raise raised(name, reason, verdict)


def failure(text):
    """Verdict, reason and name of an exception, of a reply that a candidate may have made up."""
    try:
        parts = json.loads(text)
        verdict, reason = parts[0], str(parts[1])[:200]
        name = str(parts[2]) if len(parts) > 2 else ""
    except (ValueError, TypeError, LookupError, RecursionError):
        raise codec.Unreadable("not a reply") from None
    return verdict if verdict in ("raised", "timeout", "out-of-memory", "output-limit") else "raised", reason, name


def raised(name, reason, verdict):
    known = getattr(builtins, name, None)
    if isinstance(known, type) and issubclass(known, Exception):
        kind = type("Raised", (Raised, known), {"__init__": lambda self, *_: None, "__str__": lambda self: reason})
    else:
        kind = type("Raised", (Raised,), {"__str__": lambda self: reason})
    error = kind()
    error.verdict = verdict
    return error


class StandIn(codec.Opaque):
    """`ref` is a name of the candidate's module, or the number of a value there."""

    def __init__(self, remote, ref, kind):
        vars(self).update(ref=ref, kind=kind, remote=remote)

    def __call__(self, *arguments, **named):
        remote = vars(self)["remote"]
        form = remote.encoder.form
        value, after = remote.ask(
            {"do": "call", "target": form(self), "arguments": form(list(arguments)), "named": form(named)}
        )
        if after is not None:
            mirror(arguments, remote.decoder.value(after))
        return remote.decoder.value(value)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        remote = vars(self)["remote"]
        value, _ = remote.ask({"do": "get", "target": remote.encoder.form(self), "name": name})
        return remote.decoder.value(value)

    def __setattr__(self, name, value):
        remote = vars(self)["remote"]
        form = remote.encoder.form
        remote.ask({"do": "set", "target": form(self), "name": name, "value": form(value)})


def mirror(arguments, after):
    """What a call changed in place over there is changed here, so that a test can look at it."""
    if type(after) is not list:
        raise codec.Unreadable("not arguments")
    for mine, other in zip(arguments, after):
        if type(mine) is type(other) and mine != other:
            if type(mine) in (list, bytearray):
                mine[:] = other
            elif type(mine) in (dict, set):
                mine.clear()
                mine.update(other)
