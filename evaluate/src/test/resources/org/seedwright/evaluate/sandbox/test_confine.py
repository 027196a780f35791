import os
import signal
import socket
import tempfile
import time
import unittest

import confine


def in_a_child(work):
    """What `work` says, from a process that may take things from itself."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, repr(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(pid, 0)
    return said


def outcome(work):
    try:
        work()
        return "done"
    except OSError as error:
        return type(error).__name__


class ConfineTest(unittest.TestCase):
    def test_children_and_orphans_are_killed(self):
        def work():
            confine.adopt_orphans()
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    time.sleep(1000)
                os._exit(0)
            return confine.kill_children(time.monotonic() + 30), confine.descendants()

        self.assertEqual(in_a_child(work), "(True, set())")

    def test_sockets_are_refused(self):
        def work():
            confine.refuse_system_calls()
            return outcome(socket.socket)

        self.assertEqual(in_a_child(work), "'PermissionError'")

    @unittest.skipIf(confine.landlock_version() < 1, "this kernel has no Landlock")
    def test_only_the_box_can_be_written(self):
        with tempfile.TemporaryDirectory() as box, tempfile.TemporaryDirectory() as other:

            def work():
                confine.enclose(confine.landlock_rules(box))
                return [outcome(lambda: open(os.path.join(folder, "x"), "w").close()) for folder in (box, other)]

            self.assertEqual(in_a_child(work), "['done', 'PermissionError']")

    @unittest.skipIf(confine.landlock_version() < 6, "this kernel's Landlock leaves signals alone")
    def test_the_parent_cannot_be_signalled(self):
        with tempfile.TemporaryDirectory() as box:

            def work():
                confine.enclose(confine.landlock_rules(box))
                return outcome(lambda: os.kill(os.getppid(), 0))

            self.assertEqual(in_a_child(work), "'PermissionError'")


if __name__ == "__main__":
    unittest.main()
