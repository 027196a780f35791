"""Where verdicts are made: a fork server that holds the tests, and the children that it forks.

A child judges programs by one problem's tests. It has one socket to each process of the candidate and a pipe to
the manager. What comes over a socket is data; nothing of the candidate's is run here.
"""

import base64
import builtins
import collections
import gc
import json
import marshal
import os
import pickle
import signal
import socket
import sys
import time
import warnings

import candidate
import codec
import confine
import frames
import oracles
import reference
import stand_in
import streams

# Tests that are kept, by the bytes they came in; the oldest leave first.
KEPT_BYTES = 128 << 20

# What came of a reference is told to other slots if it is no longer than this.
SHARED_BYTES = 4 << 20

# The judge's own limits: what a candidate returns must not take more than this to be read and compared.
MEMORY_BYTES = 6 << 30
CPU_SECONDS = 30

# From so many calls on their replies are let gather.
MANY_CALLS = 8

# One per group of calls.
MOST_SOCKETS = 16


def serve(control, settings):
    confine.limit_files(candidate.OPEN_FILES, 0)
    if not settings.get("bare"):
        confine.refuse_system_calls()
    for name in candidate.PRELOADED:
        __import__(name)
    sys.path.extend(settings["libraries"])
    warnings.simplefilter("ignore")
    sys.stdin = sys.stdout = streams.Sink(1 << 62, None)
    kept = collections.OrderedDict()
    gc.disable()
    gc.collect()
    gc.freeze()
    # Judges end by themselves, and nobody asks how.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        try:
            order, fds = frames.receive_with_fds(control, 2)
        except frames.Ended:
            return
        order = json.loads(order)
        if "tests" in order:
            frames.send(control, json.dumps(keep(kept, order)).encode())
            gc.collect()
            gc.freeze()
            continue
        if os.fork() == 0:
            try:
                confine.limit_memory(MEMORY_BYTES)
                confine.limit_cpu_seconds(CPU_SECONDS)
                control.close()
                serve_one_kind(kept.get(order.get("digest")), *fds)
            finally:
                os._exit(0)
        for fd in fds:
            os.close(fd)


def serve_one_kind(tests, control, verdicts):
    """Judges programs by the same tests until there are others, or until something was out of the ordinary.

    The next program starts with a namespace of its own. What it could find of the one before are values of
    plain data, which ran nothing here.
    """
    control = socket.socket(fileno=control)
    sys.setrecursionlimit(5000)
    gc.enable()
    frames.send(control, b"%d" % os.getpid())
    while True:
        try:
            order, fds = frames.receive_with_fds(control, MOST_SOCKETS)
        except frames.Ended:
            return
        begin = time.process_time()
        ordinary = judge(json.loads(order), tests, verdicts, fds)
        end = time.process_time()
        again = ordinary and end < CPU_SECONDS / 4
        frames.send(control, json.dumps({"cpu": end - begin, "again": again}).encode())
        if not again:
            return


def keep(kept, order):
    """Makes tests ready and keeps them. Says of each group how many tests it has, and what the reference took.

    What came of the reference goes out with that, `prepared`, for the judges of other slots, which are sent it in
    place of the inputs.
    """
    tests, prepared = order["tests"], None
    try:
        if tests["kind"] == "calls":
            if "prepared" in tests:
                groups = pickle.loads(base64.b64decode(tests["prepared"]))
            else:
                prepared = apart(lambda: reference.prepare(tests))
                groups = pickle.loads(prepared)
            ready = Calls(tests, groups)
            told = [{"group": g["group"], "seconds": g["seconds"]} for g in groups]
        else:
            ready = Asserts(tests)
            told = [{"group": "tests", "seconds": [0.0] * len(tests["tests"])}]
    except Exception as error:
        return {"problem": candidate.describe(error)}
    kept[order["digest"]] = ready
    gone = []
    while len(kept) > 1 and sum(each.size for each in kept.values()) > KEPT_BYTES:
        gone.append(kept.popitem(last=False)[0])
    answer = {"groups": told, "gone": gone}
    if prepared is not None and len(prepared) <= SHARED_BYTES:
        answer["prepared"] = base64.b64encode(prepared).decode()
    return answer


class Apart(Exception):
    """The reference could not be run."""


def apart(work):
    """The value of `work`, pickled, from a process of its own, so that a reference leaves nothing in this one."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            confine.limit_memory(MEMORY_BYTES)
            gc.enable()
            try:
                answer = b"1" + pickle.dumps(work(), 5)
            except BaseException as error:
                answer = b"0" + candidate.describe(error).encode("utf-8", "replace")
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(answer)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    if answer[:1] != b"1":
        raise Apart("the reference failed: %s" % answer[1:].decode("utf-8", "replace"))
    return answer[1:]


def judge(order, tests, verdicts, fds):
    """Writes a verdict per socket. False where the next program should have a judge of its own."""
    sockets = [socket.socket(fileno=fd) for fd in fds]
    if "stdout" in order:
        tests = Run(order["stdout"])
    ordinary = True
    for group, sock in enumerate(sockets):
        try:
            said = tests.judge(order, group, sock)
        except MemoryError:
            said = verdict("output-limit", "what was returned is too large to be compared")
        ordinary = ordinary and said["verdict"] in ORDINARY
        frames.write(verdicts, json.dumps(said).encode())
        sock.close()
    return ordinary


# After any other verdict a judge is not used again.
ORDINARY = ("passed", "wrong-answer", "raised", "compile-error")


def verdict(name, reason="", tests="", ended=False):
    """`ended`: the candidate's process is gone, and how it ended decides."""
    return {"verdict": name, "reason": reason, "tests": tests, "ended": ended}


def opening(sock, inbox_next, seconds):
    """The candidate's first word: the names it defines, or a verdict."""
    sock.settimeout(seconds)
    try:
        said = json.loads(inbox_next())
        if said[0] == "ready":
            return [str(name) for name in said[1]], None
        name = said[1] if said[1] in FAILURES else "raised"
        return None, verdict(name, str(said[2])[:200])
    except (ValueError, TypeError, LookupError, RecursionError):
        return None, verdict("crashed", "the program spoke in the place of its interpreter")
    except TimeoutError:
        return None, verdict("timeout", TOO_LONG)
    except (frames.Ended, ConnectionError):
        return None, verdict("crashed", ended=True)
    except frames.TooLong:
        return None, verdict("output-limit", "more came back than the limit")


FAILURES = ("raised", "compile-error", "timeout", "out-of-memory", "output-limit")
TOO_LONG = "wall time: it slept or waited"


class Calls:
    """Arguments, expected values and how to compare them."""

    def __init__(self, tests, prepared):
        self.oracle, self.tolerance, self.prepared = tests["oracle"], tests["tolerance"], prepared
        self.size = sum(len(group["inputs"]) + sum(map(len, group["expected"])) for group in prepared)

    def judge(self, order, group, sock):
        prepared = self.prepared[group]
        limits, every = order["limits"][group], order["everyTest"]
        inbox = frames.Inbox(sock, order["outputBytes"])
        names, said = opening(sock, inbox.next, order["wall"][group])
        if names is None:
            return said
        try:
            frames.send(sock, prepared["inputs"])
            arguments_too = self.oracle in oracles.SEE_CHANGED_ARGUMENTS
            frames.send(sock, marshal.dumps((limits, every, arguments_too, self.oracle == "equal")))
        except OSError:
            return verdict("crashed", ended=True)
        inputs = marshal.loads(prepared["inputs"]) if self.oracle != "equal" else [()] * len(limits)
        inbox.patient = len(limits) >= MANY_CALLS
        return self.compare(order, sock, inbox, inputs, prepared, limits)

    def compare(self, order, sock, inbox, inputs, prepared, limits):
        expected, replies, floats = prepared["expected"], prepared["replies"], prepared["floats"]
        comparison = oracles.Comparison(self.oracle, self.tolerance)
        decoder = codec.Decoder()
        passed, first, waiting = [], None, None
        for i, wanted in enumerate(expected):
            failed = None
            try:
                seconds = order["wallFactor"] * limits[i] + order["grace"]
                if seconds != waiting:
                    sock.settimeout(seconds)
                    waiting = seconds
                reply = inbox.next()
                if reply[:1] == codec.DIGEST:
                    known = reply == replies[i]
                    frames.send(sock, codec.KNOWN if known else codec.UNKNOWN)
                    reply = reply if known else inbox.next()
                if reply[:1] in (codec.VALUE, codec.DIGEST):
                    if reference.told(reply) == replies[i]:
                        if floats[i]:
                            comparison.expects_floats()
                    elif not self.right(comparison, inputs[i], decoder.loads(reply[1:]), reference.unpacked(wanted)):
                        failed = "wrong-answer", "call %d returned another value" % i
                else:
                    failed = stand_in.failure(reply[1:])[:2]
            except codec.Unreadable as error:
                failed = "wrong-answer", "call %d returned no readable value: %s" % (i, error)
            except TimeoutError:
                return verdict(*(first or ("timeout", TOO_LONG)), bits(passed, expected))
            except (frames.Ended, ConnectionError):
                if first is not None:
                    return verdict(*first, bits(passed, expected))
                return verdict("crashed", "", bits(passed, expected), ended=True)
            except frames.TooLong:
                failed = "output-limit", "more came back than the limit"
                return verdict(*(first or failed), bits(passed, expected))
            passed.append(failed is None)
            if failed and first is None:
                first = failed
                if not order["everyTest"]:
                    break
        if first is not None:
            return verdict(*first, bits(passed, expected))
        return verdict("passed", "", bits(passed, expected))


    def right(self, comparison, arguments, value, wanted):
        """By the judge's own arguments; by what the candidate left of them, too, where EvalPlus goes by that alone."""
        if self.oracle in oracles.SEE_CHANGED_ARGUMENTS:
            if type(value) is not list or len(value) != 2:
                return False
            value, changed = value
            if not comparison.right(changed, value, wanted):
                return False
        return comparison.right(arguments, value, wanted)


def bits(passed, expected):
    return "".join("1" if each else "0" for each in passed).ljust(len(expected), "-")


class Asserts:
    """Statements, with stand-ins for what the candidate defines."""

    def __init__(self, tests):
        self.context = compile(tests["context"], "<context>", "exec")
        self.tests = [compile(test, "<test %d>" % i, "exec") for i, test in enumerate(tests["tests"])]
        self.entry_point = tests["entryPoint"]
        self.size = len(json.dumps(tests))

    def judge(self, order, group, sock):
        remote = stand_in.Remote(sock, order["outputBytes"])
        names, said = opening(sock, remote.listen_first, order["wall"][group])
        if names is None:
            return said
        if self.entry_point is not None and self.entry_point not in names:
            return verdict("raised", "there is no %s" % self.entry_point[:100], "-" * len(self.tests))
        passed, first = [], None
        module = {}
        for test in [None, *self.tests]:
            try:
                if test is None:
                    self.open(module, names, remote)
                else:
                    exec(test, module)
                failed = None
            except TimeoutError:
                return verdict(*(first or ("timeout", TOO_LONG)), bits(passed, self.tests))
            except stand_in.Gone:
                gone = ("crashed", "")
                return verdict(*(first or gone), bits(passed, self.tests), ended=first is None)
            except frames.TooLong:
                failed = "output-limit", "more came back than the limit"
                return verdict(*(first or failed), bits(passed, self.tests))
            except stand_in.Raised as error:
                failed = error.verdict, str(error)
            except NameError as error:
                failed = "raised", str(error)[:200]
            except MemoryError:
                raise
            except BaseException as error:
                failed = "wrong-answer", candidate.describe(error)
            if failed and test is None:
                return verdict(*failed, bits(passed, self.tests))
            if test is not None:
                passed.append(failed is None)
            if failed and first is None:
                first = failed
                if not order["everyTest"]:
                    break
        return verdict(*(first or ("passed",)), tests=bits(passed, self.tests))

    def open(self, module, names, remote):
        """What the program defines, under what the context defines; neither hides a built-in name or a library."""
        for name in names:
            if name in LIBRARIES:
                module[name] = sys.modules[name]
            elif not hasattr(builtins, name):
                module[name] = stand_in.StandIn(remote, name, "module")
        exec(self.context, module)
        if self.entry_point is not None:
            module[self.entry_point] = stand_in.StandIn(remote, self.entry_point, "module")


# Libraries that a test may use by name because the program imports them.
LIBRARIES = frozenset(("math", "sys", "re", "collections", "itertools", "functools", "heapq", "random", "copy"))


class Run:
    """What a run must print."""

    def __init__(self, expected):
        self.expected = expected

    def judge(self, order, group, sock):
        sock.settimeout(order["wall"][group])
        output = bytearray()
        try:
            while True:
                part = sock.recv(1 << 16)
                if not part:
                    break
                output += part
                if len(output) > order["outputBytes"]:
                    return verdict("output-limit", "printed more than the limit", "0")
        except TimeoutError:
            return verdict("timeout", TOO_LONG, "-")
        except ConnectionError:
            pass
        right = lines(output.decode("utf-8", "replace")) == lines(self.expected)
        return verdict("passed" if right else "wrong-answer", "" if right else "printed something else", "1" if right else "0", True)


def lines(text):
    return [line.rstrip() for line in text.rstrip().split("\n")]
