"""The sandbox's one process that speaks with the outside: a request a line, an answer a line.

It forks the fork servers before it reads any request, hands both ends of a socket to candidate and judge, keeps
the time, and tells what came of it. It runs no one's code.
"""

import json
import os
import platform
import re
import select
import signal
import socket
import sys
import time

import candidate
import confine
import frames
import judge

# After the wall cap: for the judge to notice that a candidate was killed, and for the cleaning.
GRACE_SECONDS = 2.0
JUDGE_SECONDS = 40.0
CLEANING_SECONDS = candidate.CLEANING_SECONDS + 2.0


class Unfit(Exception):
    """Something that must not happen has happened; the slot is of no more use."""


class Server:
    """A fork server, seen from here."""

    def __init__(self, serve, settings, others):
        self.sock, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.sock.close()
                for other in others:
                    other.sock.close()
                leave_standard_streams()
                serve(theirs, settings)
            finally:
                os._exit(0)
        theirs.close()

    def order(self, order, fds=()):
        frames.send(self.sock, json.dumps(order).encode(), fds)

    def say(self, word):
        frames.send(self.sock, word)

    def answer(self, seconds):
        self.sock.settimeout(seconds)
        try:
            return json.loads(frames.receive(self.sock))
        except (TimeoutError, frames.Ended, ConnectionError) as error:
            raise Unfit("a fork server is silent: %r" % error) from None
        finally:
            self.sock.settimeout(None)


def leave_standard_streams():
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)


def main(settings):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine.hide()
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    leave_standard_streams()
    manager = Manager(settings, (requests, answers))
    tell(answers, {"ready": environment(settings)})
    while True:
        line = requests.readline()
        if not line:
            os._exit(0)
        manager.gather()
        try:
            answer = manager.run(json.loads(line))
        except Unfit as error:
            answer = {"unfit": str(error)}
        manager.scatter()
        tell(answers, answer)


def tell(answers, answer):
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def environment(settings):
    """All of this side that can change a verdict."""
    numpy = next(filter(None, map(version_of_numpy, settings["libraries"])), "none")
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "machine": platform.machine(),
        "numpy": numpy,
        "landlock": confine.landlock_version(),
        "seccomp": confine.MACHINE in confine.REFUSED,
        "uid": os.getuid(),
    }


def version_of_numpy(library):
    """Read and not asked: to load it takes longer than all else here."""
    for name in ("version.py", "_version.py"):
        try:
            with open(os.path.join(library, "numpy", name), encoding="utf-8") as text:
                found = re.search(r'^ *"?(?:full_)?version"? *[=:] *"([^"]+)"', text.read(), re.MULTILINE)
                if found:
                    return found.group(1)
        except OSError:
            pass
    return None


class Manager:
    def __init__(self, settings, streams):
        self.settings = settings
        self.judge = Server(closing(streams, judge.serve), settings, [])
        self.plain = Server(closing(streams, candidate.serve), settings, [self.judge])
        # Another one, which loads numpy with its first order: for programs that name it.
        self.numeric = Server(
            closing(streams, candidate.serve_with_numpy), settings, [self.judge, self.plain]
        )
        self.known = {}
        self.bench = None
        self.processors = os.sched_getaffinity(0)

    def gather(self):
        """All of this slot onto the processor where the request was heard.

        Candidate and judge take turns. To wake a process on another processor, asleep for want of work, costs more
        than most calls take, above all where the machine is a virtual one.
        """
        pids = [0, self.judge.pid, self.plain.pid, self.numeric.pid]
        if self.bench is not None:
            pids.append(self.bench.pid)
        confine.run_only_on({confine.processor()}, pids)

    def scatter(self):
        """Only the manager is free to wake up on another processor with the next request."""
        confine.run_only_on(self.processors, [0])

    def run(self, request):
        begin = time.monotonic()
        prepared = None
        if "tests" in request:
            told = self.learn(request["digest"], request["tests"])
            if "problem" in told:
                return {"problem": told["problem"]}
            prepared = told.get("prepared")
        tests = self.known.get(request["digest"])
        if tests is None:
            return {"missing": request["digest"]}
        judged = Judged()
        if tests["kind"] == "runs":
            self.judge_runs(request, tests, judged)
        else:
            self.judge_groups(request, tests, judged)
        judged.wall = time.monotonic() - begin
        answer = judged.answer()
        if prepared is not None:
            answer["prepared"] = prepared
        return answer

    def learn(self, digest, tests):
        """The judge gets tests that it has not, and says what the reference takes."""
        if tests["kind"] == "runs":
            self.known[digest] = tests
            return {}
        self.judge.order({"digest": digest, "tests": tests})
        told = self.judge.answer(self.settings["referenceSeconds"])
        if "problem" in told:
            return told
        for gone in told["gone"]:
            self.known.pop(gone, None)
        self.known[digest] = {"kind": tests["kind"], "entryPoint": tests.get("entryPoint"), "groups": told["groups"]}
        return told

    def judge_groups(self, request, tests, judged):
        limits = request["limits"]
        order = {
            "digest": request["digest"],
            "everyTest": request["everyTest"],
            "outputBytes": limits["outputBytes"],
            "wallFactor": limits["wallFactor"],
            "grace": GRACE_SECONDS,
            "limits": [],
            "wall": [],
        }
        programs = []
        for group in tests["groups"]:
            calls, total = times(limits, tests["kind"], group["seconds"], request["everyTest"])
            order["limits"].append(calls)
            order["wall"].append(limits["wallFactor"] * total)
            programs.append(
                {
                    "kind": tests["kind"],
                    "program": request["program"],
                    "entryPoint": tests["entryPoint"],
                    "seconds": total,
                    "memoryBytes": limits["memoryBytes"],
                    "outputBytes": limits["outputBytes"],
                }
            )
        self.judge_programs(order, programs, [group["group"] for group in tests["groups"]], judged)

    def judge_runs(self, request, tests, judged):
        limits = request["limits"]
        seconds = limits["programSeconds"]
        for number, run in enumerate(tests["runs"]):
            order = {
                "stdout": run["stdout"],
                "outputBytes": limits["outputBytes"],
                "wall": [limits["wallFactor"] * seconds],
            }
            program = {
                "kind": "run",
                "program": request["program"],
                "stdin": run["stdin"],
                "seconds": seconds,
                "memoryBytes": limits["memoryBytes"],
                "outputBytes": limits["outputBytes"],
            }
            self.judge_programs(order, [program], ["tests"], judged)
            if judged.groups[-1]["verdict"] != "passed" and not request["everyTest"]:
                break
        judged.unite(len(tests["runs"]))

    def judge_programs(self, order, programs, names, judged):
        """One judge for some processes of one program, which run one after another."""
        pairs = [socket.socketpair() for _ in programs]
        try:
            # The judge first: a candidate may leave no room for another process.
            bench = self.bench_for(order.get("digest"))
            self.start(programs[0], pairs[0][0])
            bench.order(order, [pair[1].fileno() for pair in pairs])
            for pair in pairs:
                pair[1].close()
            for i, program in enumerate(programs):
                if i:
                    self.start(program, pairs[i][0])
                said = bench.verdict(order["wall"][i] + GRACE_SECONDS)
                late = said is None
                end = self.finish(program, b"ended" if not late and said["ended"] else b"kill")
                if late:
                    # The candidate is dead, so that the judge ends, too.
                    said = bench.verdict(JUDGE_SECONDS)
                    if said is None:
                        raise Unfit("the judge gives no verdict")
                    said = judge.verdict("timeout", judge.TOO_LONG, said["tests"])
                judged.add(names[i], finished(said, end, program), end)
                if not end["clean"]:
                    judged.unfit = "something of the program was left"
                    return
            end = bench.end()
            judged.cpu += end["cpu"]
            if not end["again"]:
                self.dismiss()
        except BaseException:
            self.dismiss()
            raise
        finally:
            for pair in pairs:
                pair[0].close()
                pair[1].close()

    def bench_for(self, digest):
        """The judge that knows these tests already, or a new one."""
        if self.bench is not None and (digest is None or self.bench.digest != digest):
            self.dismiss()
        if self.bench is None:
            self.bench = Bench(self.judge, digest)
        return self.bench

    def dismiss(self):
        if self.bench is not None:
            self.bench.close()
            self.bench = None

    def start(self, program, sock):
        self.server(program).order(program, [sock.fileno()])
        sock.close()

    def finish(self, program, word):
        server = self.server(program)
        server.say(word)
        try:
            return server.answer(CLEANING_SECONDS)
        except Unfit:
            # It has too much to kill. There is a verdict all the same, and then the slot goes.
            return {"alone": False, "exit": -signal.SIGKILL, "cpu": 0.0, "clean": False}

    def server(self, program):
        return self.numeric if "numpy" in program["program"] else self.plain


def closing(streams, serve):
    """A fork server has no way to the outside."""

    def close_and_serve(control, settings):
        for stream in streams:
            os.close(stream.fileno())
        serve(control, dict(settings))

    return close_and_serve


def times(limits, kind, seconds, every):
    """CPU seconds of each call, and of the whole group: EvalPlus 0.3.1's rules for calls."""
    if kind != "calls":
        return [], limits["programSeconds"]
    calls = [max(limits["callSeconds"], limits["referenceFactor"] * each) for each in seconds]
    total = min(limits["programSeconds"], sum(calls) + 1.0) + (1.0 if every else 0.0)
    return calls, total


class Bench:
    """A judge, seen from here: a socket for orders and a pipe for verdicts."""

    def __init__(self, server, digest):
        self.digest = digest
        self.control, theirs = socket.socketpair()
        self.pipe, writing = os.pipe()
        try:
            server.order({"digest": digest}, [theirs.fileno(), writing])
        finally:
            theirs.close()
            os.close(writing)
        self.control.settimeout(JUDGE_SECONDS)
        try:
            self.pid = int(frames.receive(self.control))
        except (TimeoutError, frames.Ended, ConnectionError) as error:
            raise Unfit("no judge starts: %r" % error) from None

    def order(self, order, fds):
        frames.send(self.control, json.dumps(order).encode(), fds)

    def verdict(self, seconds):
        """The next verdict; None where none came in time."""
        header = self.read(frames.HEADER, time.monotonic() + seconds)
        if header is None:
            return None
        # The rest was written with it, however late that is.
        body = header and self.read(int.from_bytes(header, "little"), time.monotonic() + JUDGE_SECONDS)
        if body:
            return json.loads(body)
        return judge.verdict("output-limit", "what was returned took the judge's time or memory")

    def read(self, count, until):
        parts = b""
        while len(parts) < count:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.pipe], [], [], left)[0]:
                return None
            part = os.read(self.pipe, count - len(parts))
            if not part:
                return b""
            parts += part
        return parts

    def end(self):
        try:
            return json.loads(frames.receive(self.control))
        except (frames.Ended, ConnectionError):
            return {"cpu": 0.0, "again": False}
        except TimeoutError:
            raise Unfit("the judge does not end") from None

    def close(self):
        self.control.close()
        os.close(self.pipe)


def finished(said, end, program):
    """The judge's verdict, or where the process had ended before, what its end says."""
    status = "pass" if said["verdict"] == "passed" else "fail"
    if not said["ended"]:
        waited = said["verdict"] == "timeout" and said["reason"] == judge.TOO_LONG
        return dict(said, status=status, waited=waited)
    exit, cpu = end["exit"], end["cpu"]
    verdict, reason = said["verdict"], said["reason"]
    if exit in (-signal.SIGPROF, -signal.SIGXCPU) or exit == -signal.SIGKILL and cpu >= program["seconds"]:
        verdict, reason = "timeout", "used up its CPU time"
    elif exit == 5 and program["kind"] == "calls":
        verdict, reason = "timeout", "all calls together used up their CPU time"
    elif exit == -signal.SIGKILL and end["alone"]:
        verdict, reason = "out-of-memory", "killed when memory ran out"
    elif exit < 0:
        verdict, reason = "crashed", "ended by signal %d" % -exit
    elif program["kind"] == "run":
        if exit:
            verdict = {candidate.EXIT_RAISED: "raised", candidate.EXIT_COMPILE_ERROR: "compile-error",
                       candidate.EXIT_OUT_OF_MEMORY: "out-of-memory"}.get(exit, "crashed")
            reason = "ended with exit status %d" % exit
    else:
        verdict, reason = "crashed", "ended with exit status %d before its tests were through" % exit
    status = "pass" if verdict == "passed" else "fail" if program["kind"] == "run" else "timeout"
    tests = said["tests"] if verdict == "passed" else said["tests"].replace("1", "0") if program["kind"] == "run" else said["tests"]
    return {"verdict": verdict, "reason": reason, "tests": tests, "status": status, "waited": False}


class Judged:
    """What is told of a request."""

    def __init__(self):
        self.groups, self.cpu, self.wall, self.unfit = [], 0.0, 0.0, None

    def add(self, name, said, end):
        self.groups.append(
            {k: said[k] for k in ("verdict", "reason", "tests", "status", "waited")} | {"group": name}
        )
        self.cpu += end["cpu"]

    def unite(self, count):
        """Runs are tests of one group."""
        first = next((group for group in self.groups if group["verdict"] != "passed"), self.groups[-1])
        self.groups = [dict(first, tests="".join(group["tests"] for group in self.groups).ljust(count, "-"))]

    def answer(self):
        first = next((group for group in self.groups if group["verdict"] != "passed"), None)
        return {
            "verdict": first["verdict"] if first else "passed",
            "reason": first["reason"] if first else "",
            "groups": self.groups,
            "cpuMillis": round(1000 * self.cpu, 3),
            "wallMillis": round(1000 * self.wall, 3),
            "unfit": self.unfit,
        }
