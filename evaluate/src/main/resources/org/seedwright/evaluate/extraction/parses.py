"""Says of each JSON string on standard input, one a line, whether it is Python: 1 or 0.

Nothing is compiled to code or run. A text that takes more than LIMIT_SECONDS of CPU time or more
memory than LIMIT_BYTES ends the process, which the caller counts as 0.
"""

import ast
import json
import resource
import signal
import sys
import warnings

LIMIT_SECONDS = 20
LIMIT_BYTES = 1 << 30


def parses(source):
    try:
        ast.parse(source)
        return True
    except (SyntaxError, MemoryError, ValueError, RecursionError):
        return False


def main():
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print("ready", flush=True)
    for line in sys.stdin:
        source = json.loads(line)
        signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)
        answer = parses(source)
        signal.setitimer(signal.ITIMER_PROF, 0)
        print("1" if answer else "0", flush=True)


main()
