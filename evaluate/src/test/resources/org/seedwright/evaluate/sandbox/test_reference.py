import json
import marshal
import pickle
import unittest

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
        self.assertEqual([pickle.loads(value) for value in prepared["expected"]], [1, 2])
        self.assertEqual(marshal.loads(prepared["inputs"]), [[[]], [[1]]])
        self.assertEqual(len(prepared["seconds"]), 2)

    def test_a_match_is_expected_as_there_or_not(self):
        (prepared,) = reference.prepare(dict(TESTS, oracle="not-none"))
        self.assertEqual([pickle.loads(value) for value in prepared["expected"]], [True, True])

    def test_a_text_is_kept_where_it_is_right_as_it_stands(self):
        values = [1, 0.5, [1, "a"], (1, 2), {1: 2}, float("nan"), [float("nan")], object(), "x" * 5000]
        expected = [b""] * (len(values) - 1) + [b"x" * 5000]
        found = reference.texts(values, expected, "equal")
        self.assertEqual(found[:5], [b"1", b"0.5", b'[1, "a"]', b'{"tuple": [1, 2]}', b'{"dict": [[1, 2]]}'])
        self.assertEqual(found[5:], [None] * 4)
        self.assertEqual(reference.texts(values[:2], expected, "as-sets"), [None, None])

    def test_a_reference_that_fails_says_so(self):
        with self.assertRaises(ZeroDivisionError):
            reference.prepare(dict(TESTS, reference="def f(x): return 1 / 0"))


if __name__ == "__main__":
    unittest.main()
