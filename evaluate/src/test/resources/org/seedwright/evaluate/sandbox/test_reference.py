import hashlib
import json
import marshal
import unittest

import codec
import reference

TESTS = {
    "entryPoint": "f",
    "reference": "def f(x):\n    x.append(1)\n    return len(x)\n",
    "inputForm": "plain",
    "oracle": "equal",
    "groups": [{"name": "base", "inputs": json.dumps([[[]], [[1]]])}],
}


class ReferenceTest(unittest.TestCase):
    def test_expected_values_come_from_copies_of_the_arguments(self):
        (prepared,) = reference.prepare(TESTS)
        self.assertEqual([reference.unpacked(value) for value in prepared["expected"]], [1, 2])
        self.assertEqual(marshal.loads(prepared["inputs"]), [[[]], [[1]]])
        self.assertEqual(len(prepared["seconds"]), 2)

    def test_a_match_is_expected_as_there_or_not(self):
        (prepared,) = reference.prepare(dict(TESTS, oracle="not-none"))
        self.assertEqual([reference.unpacked(value) for value in prepared["expected"]], [True, True])

    def test_a_reply_is_kept_where_it_is_right_as_it_stands(self):
        values = [1, 0.5, [1, "a"], (1, 2), {1: 2}, float("nan"), [float("nan")], object()]
        found = reference.replies(values, "equal")
        self.assertEqual(found[:5], [b"11", b"10.5", b'1[1, "a"]', b'1{"tuple": [1, 2]}', b'1{"dict": [[1, 2]]}'])
        self.assertEqual(found[5:], [None] * 3)
        self.assertEqual(reference.replies(values[:2], "as-sets"), [None, None])

    def test_of_a_long_reply_the_digest_is_kept(self):
        value = {1: "x" * 5000}
        reply = b'1{"dict": [[1, "%s"]]}' % (b"x" * 5000)
        (found,) = reference.replies([value], "equal")
        self.assertEqual(found, hashlib.sha256(reply).digest())
        self.assertEqual(found, reference.told(reply))
        self.assertNotEqual(found, reference.told(reply.replace(b"x", b"y")))

    def test_a_long_plain_value_is_expected_by_its_digest(self):
        values = ["x" * 5000, [(1, "a")] * 5000, [[0.5]] * 5000]
        self.assertEqual(reference.replies(values, "equal"), [b"2" + codec.digest(value) for value in values])
        self.assertEqual(reference.replies([[float("nan")] * 5000], "equal"), [None])

    def test_a_long_value_is_kept_compressed(self):
        value = ["x" * 100] * 1000
        packed = reference.packed(value)
        self.assertLess(len(packed), 10_000)
        self.assertEqual(reference.unpacked(packed), value)
        self.assertEqual(reference.unpacked(reference.packed(value[:1])), value[:1])

    def test_a_reference_that_fails_says_so(self):
        with self.assertRaises(ZeroDivisionError):
            reference.prepare(dict(TESTS, reference="def f(x): return 1 / 0"))


if __name__ == "__main__":
    unittest.main()
