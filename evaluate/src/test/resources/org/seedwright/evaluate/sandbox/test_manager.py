import signal
import unittest

import judge
import manager

LIMITS = {"programSeconds": 61.0, "callSeconds": 1.0, "referenceFactor": 4.0}
CALLS = {"kind": "calls", "seconds": 3.0}
RUN = {"kind": "run", "seconds": 3.0}


def end(exit, cpu=0.1, alone=True):
    return {"exit": exit, "cpu": cpu, "alone": alone, "clean": True}


def gone(tests="1-"):
    return judge.verdict("crashed", "", tests, ended=True)


class ManagerTest(unittest.TestCase):
    def test_limits_of_calls_are_evalplus_rules(self):
        self.assertEqual(manager.times(LIMITS, "calls", [0.0, 0.5], False), ([1.0, 2.0], 4.0))
        self.assertEqual(manager.times(LIMITS, "calls", [0.0, 0.5], True), ([1.0, 2.0], 5.0))
        self.assertEqual(manager.times(LIMITS, "calls", [0.0] * 100, False)[1], 61.0)

    def test_asserts_have_one_limit(self):
        self.assertEqual(manager.times(LIMITS, "asserts", [0.0], True), ([], 61.0))

    def test_a_verdict_of_the_judge_stands(self):
        said = manager.finished(judge.verdict("passed", tests="11"), end(-9, alone=False), CALLS)
        self.assertEqual((said["verdict"], said["status"]), ("passed", "pass"))

    def test_how_a_process_ended_decides_where_it_ended_early(self):
        for exit, cpu, verdict in (
            (-signal.SIGPROF, 3.0, "timeout"),
            (-signal.SIGKILL, 5.0, "timeout"),
            (-signal.SIGKILL, 0.5, "out-of-memory"),
            (-signal.SIGSEGV, 0.1, "crashed"),
            (0, 0.1, "crashed"),
            (5, 3.0, "timeout"),
        ):
            with self.subTest(exit=exit, cpu=cpu):
                said = manager.finished(gone(), end(exit, cpu), CALLS)
                self.assertEqual((said["verdict"], said["status"], said["tests"]), (verdict, "timeout", "1-"))

    def test_a_run_that_printed_what_is_expected_must_also_end_well(self):
        right = judge.verdict("passed", "", "1", ended=True)
        self.assertEqual(manager.finished(right, end(0), RUN)["verdict"], "passed")
        failed = manager.finished(right, end(1), RUN)
        self.assertEqual((failed["verdict"], failed["tests"]), ("raised", "0"))
        self.assertEqual(manager.finished(right, end(97), RUN)["verdict"], "compile-error")

    def test_runs_become_one_group(self):
        judged = manager.Judged()
        for tests, verdict in (("1", "passed"), ("0", "wrong-answer")):
            said = {"verdict": verdict, "reason": "", "tests": tests, "status": "pass", "waited": False}
            judged.add("tests", said, end(0))
        judged.unite(3)
        self.assertEqual(judged.answer()["groups"][0]["tests"], "10-")
        self.assertEqual(judged.answer()["verdict"], "wrong-answer")


if __name__ == "__main__":
    unittest.main()
