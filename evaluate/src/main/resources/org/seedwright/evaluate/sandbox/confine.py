"""What a process takes from itself: system calls, signals to others, files, memory, CPU time.

The sandbox around (container or namespaces) comes first; this keeps a candidate from the harness that
shares the sandbox with it. Linux only, through ctypes: x86-64 and arm64.
"""

import ctypes
import io
import os
import posix
import resource
import signal
import struct
import time

LIBC = ctypes.CDLL(None, use_errno=True)
# Calls through this one keep the interpreter's lock.
HELD_LIBC = ctypes.PyDLL(None, use_errno=True)
MACHINE = os.uname().machine

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 4, 22, 36, 38

# Landlock: the same numbers on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
WRITE_FILE, TRUNCATE = 1 << 1, 1 << 14
# File rights that change something, by the version of the interface that first had them.
WRITING = {1: 0x1FF0 | WRITE_FILE, 2: 1 << 13, 3: TRUNCATE, 5: 1 << 15}
TCP_BIND_AND_CONNECT = 3
ABSTRACT_SOCKETS_AND_SIGNALS = 3

# System calls that no candidate needs: sockets, looking into processes, namespaces, mounts, keys, kernel programs.
REFUSED = {
    "x86_64": (41, 101, 310, 311, 165, 166, 272, 308, 248, 249, 250, 321, 298, 323, 425, 438, 135, 440, 424),
    "aarch64": (198, 117, 270, 271, 40, 39, 97, 268, 217, 218, 219, 280, 241, 282, 425, 438, 92, 440, 424),
}
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
NEW_NAMESPACES = 0x7E020000
EPERM, ENOSYS = 1, 38


def _prctl(option, argument):
    if LIBC.prctl(option, argument, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl %d" % option)


def fork():
    """os.fork for a process that never had a second thread, without what Python does in the child for those.

    That would be a third of all that the child of a fork server touches, and the kernel copies what is touched, page
    by page. What is left out: new locks for threads that are not there, and another seed for `random`.
    """
    pid = HELD_LIBC.fork()
    if pid < 0:
        raise OSError(ctypes.get_errno(), "fork")
    return pid


def hide():
    """No other process of this user may look into this one, nor into what is forked from it."""
    _prctl(PR_SET_DUMPABLE, 0)


def adopt_orphans():
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def refuse_system_calls():
    """A seccomp filter for this process and all its children. False where the machine is of another kind."""
    if MACHINE not in REFUSED:
        return False
    load, equal, at_least, any_bit, ret = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, kill = 0x7FFF0000, 0x80000000
    steps = [
        (load, 0, 0, 4),
        (equal, 1, 0, ARCHITECTURE[MACHINE]),
        (ret, 0, 0, kill),
        (load, 0, 0, 0),
        (at_least, 0, 1, 0x40000000),
        (ret, 0, 0, kill),
        (equal, 0, 1, CLONE3),
        (ret, 0, 0, 0x50000 | ENOSYS),
    ]
    for number in REFUSED[MACHINE]:
        steps += [(equal, 0, 1, number), (ret, 0, 0, 0x50000 | EPERM)]
    steps += [
        (equal, 0, 3, CLONE[MACHINE]),
        (load, 0, 0, 16),
        (any_bit, 0, 1, NEW_NAMESPACES),
        (ret, 0, 0, 0x50000 | EPERM),
        (ret, 0, 0, allow),
    ]
    code = b"".join(struct.pack("<HBBI", *step) for step in steps)
    kept = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(steps), ctypes.addressof(kept))
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    if LIBC.prctl(PR_SET_SECCOMP, 2, ctypes.c_char_p(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return True


def landlock_version():
    """0 where the kernel has none."""
    return max(0, LIBC.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), 1))


def landlock_rules(box):
    """A descriptor of rules for `enclose`: writing only in `box`, signals only to one's own. -1 without Landlock.

    Takes the means to gain privileges from this process, without which no one may enclose itself.
    """
    version = landlock_version()
    if version < 1:
        return -1
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    writing = sum(bits for since, bits in WRITING.items() if version >= since)
    attributes = struct.pack(
        "<QQQ",
        writing,
        TCP_BIND_AND_CONNECT if version >= 4 else 0,
        ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = LIBC.syscall(CREATE_RULESET, ctypes.c_char_p(attributes), ctypes.c_size_t(size), 0)
    if rules < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    for path, rights in ((box, writing), ("/dev/null", writing & (WRITE_FILE | TRUNCATE))):
        at = os.open(path, os.O_PATH)
        rule = struct.pack("<Qi", rights, at)
        if LIBC.syscall(ADD_RULE, rules, 1, ctypes.c_char_p(rule), 0) != 0:
            raise OSError(ctypes.get_errno(), "landlock_add_rule")
        os.close(at)
    return rules


def enclose(rules):
    """Puts this process, which can gain no privileges any more, into a domain of its own, and closes the rules."""
    if rules >= 0:
        if LIBC.syscall(RESTRICT_SELF, rules, 0) != 0:
            raise OSError(ctypes.get_errno(), "landlock_restrict_self")
        os.close(rules)


class Sacrifice:
    """Decides whom the kernel kills first when memory runs out.

    A process starts with its parent's place in that order, so that a fork server takes the first place for the
    moment in which it forks: that is one write for each child, and none of the child's own.
    """

    def __init__(self):
        _prctl(PR_SET_DUMPABLE, 1)
        try:
            self.score = os.open("/proc/self/oom_score_adj", os.O_RDWR | os.O_CLOEXEC)
        finally:
            _prctl(PR_SET_DUMPABLE, 0)
        self.own = os.pread(self.score, 16, 0)

    def children_first(self):
        os.pwrite(self.score, b"1000", 0)

    def as_before(self):
        os.pwrite(self.score, self.own, 0)


def limit(kind, value):
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def limit_files(open_files, bytes_of_each):
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_NOFILE, open_files)
    limit(resource.RLIMIT_FSIZE, bytes_of_each)


def limit_memory(count):
    limit(resource.RLIMIT_AS, count)


def limit_processes(count):
    limit(resource.RLIMIT_NPROC, count)


def limit_cpu_seconds(seconds):
    limit(resource.RLIMIT_CPU, seconds)


def processor():
    """The number of the processor that runs this."""
    return LIBC.sched_getcpu()


def run_only_on(processors, pids):
    """These and all that they start from now on. It is for speed only: where it is refused, nothing changes."""
    for pid in pids:
        try:
            os.sched_setaffinity(pid, processors)
        except OSError:
            pass


def kill_children(until):
    """Kills this process's children, and what becomes its child by that, until none is left; False at `until`.

    All are stopped before any is killed: a process that forks all the time would be ahead for ever.
    """
    while True:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return True
        stopped = set()
        while True:
            running = descendants() - stopped
            if not running or time.monotonic() > until:
                break
            send_each(running, signal.SIGSTOP)
            stopped |= running
        send_each(stopped, signal.SIGKILL)
        if time.monotonic() > until:
            return False


def send_each(pids, number):
    for pid in pids:
        try:
            posix.kill(pid, number)
        except ProcessLookupError:
            pass


def descendants():
    """Orphans among them, too: this process adopts them."""
    parents = {pid: _parent(pid) for pid in map(int, filter(str.isdigit, os.listdir("/proc")))}
    found, last = set(), {os.getpid()}
    while last:
        last = {pid for pid, parent in parents.items() if parent in last and pid not in found}
        found |= last
    return found


def _parent(pid):
    try:
        with io.open("/proc/%d/stat" % pid, "rb") as stat:
            return int(stat.read().rpartition(b")")[2].split()[1])
    except OSError:
        return 0
