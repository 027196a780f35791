import unittest

import oracles


def right(value, expected, oracle="equal", tolerance=0, arguments=()):
    return oracles.Comparison(oracle, tolerance).right(arguments, value, expected)


class OraclesTest(unittest.TestCase):
    def test_equality_is_pythons(self):
        self.assertTrue(right(3, 3.0))
        self.assertTrue(right(True, 1))
        self.assertFalse(right((1,), [1]))
        self.assertFalse(right(float("nan"), float("nan")))

    def test_a_float_that_is_expected_brings_a_tolerance(self):
        self.assertTrue(right(1.0000005, 1.0))
        self.assertFalse(right(1.00001, 1.0))
        self.assertTrue(right([1.0, 2.0000005], [1.0, 2.0]))
        self.assertFalse(right([1.0], [1.0, 2.0]))
        self.assertFalse(right((1.0000005,), [1.0]))
        self.assertFalse(right([[1.0000005]], [[1.0]]))

    def test_the_tolerance_stays_for_later_calls(self):
        comparison = oracles.Comparison("equal", 0)
        self.assertFalse(comparison.right((), 1, 2))
        self.assertTrue(comparison.right((), 1.0000001, 1.0))
        self.assertEqual(comparison.tolerance, 1e-6)

    def test_a_float_that_is_right_as_it_stands_brings_the_tolerance_too(self):
        self.assertTrue(oracles.brings_tolerance([1.0]))
        self.assertFalse(oracles.brings_tolerance([1]))
        for before, after in ((0, 1e-6), (0.5, 0.5)):
            comparison = oracles.Comparison("equal", before)
            comparison.expects_floats()
            self.assertEqual(comparison.tolerance, after)

    def test_an_integer_is_never_near_a_float(self):
        self.assertTrue(right(1, 1.0))
        self.assertFalse(right(10000001, 10000000.9))

    def test_infinities(self):
        self.assertTrue(right(float("inf"), float("inf")))
        self.assertFalse(right(1e308, float("inf")))

    def test_roots_and_sets_and_matches(self):
        self.assertTrue(right(-0.5, None, "polynomial-root", 1e-4, ([1, 2],)))
        self.assertFalse(right(0.5, None, "polynomial-root", 1e-4, ([1, 2],)))
        self.assertTrue(right([2, 1, 1], (1, 2), "as-sets"))
        self.assertFalse(right(5, (1, 2), "as-sets"))
        self.assertTrue(right("a match", True, "not-none"))
        self.assertTrue(right(None, False, "not-none"))
        self.assertFalse(right(False, True, "not-none"))
        self.assertTrue(right("whatever", 1, "anything"))
        self.assertTrue(right(0, 5, "or-zero"))
        self.assertTrue(right(35, 0, "pyramid-surface", 0, (3, 4)))
        self.assertTrue(right(5, 0, "padded-digit-distance", 0, (1, 123)))


if __name__ == "__main__":
    unittest.main()
