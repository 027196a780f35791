"""What stands for stdin, stdout and stderr in a candidate: nothing to read, and printing is counted."""

import io


class Sink(io.StringIO):
    """Takes text, any text, and forgets it; calls `overflow` once more than `most` characters came."""

    def __init__(self, most, overflow):
        super().__init__()
        self._left, self._overflow = most, overflow

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("string argument expected, got %r" % type(text).__name__)
        self._left -= len(text)
        if self._left < 0:
            self._overflow()
        return len(text)

    def read(self, *args, **kwargs):
        raise OSError

    def readline(self, *args, **kwargs):
        raise OSError

    def readlines(self, *args, **kwargs):
        raise OSError

    def __next__(self):
        raise OSError

    def readable(self):
        return False
