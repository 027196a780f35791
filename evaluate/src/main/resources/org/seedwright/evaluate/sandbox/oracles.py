"""Whether a value is right: the comparison of EvalPlus 0.3.1 (evalplus/eval, unsafe_execute), on plain data.

Different there: the candidate's own `__eq__` decides, and special oracles see only the arguments that the candidate
may have changed. Here values are rebuilt as plain data first, and a value must be right by the judge's own
arguments as well.
"""

import math
import sys

RELATIVE = 1e-07

# Oracles of functions whose arguments can be changed in place.
SEE_CHANGED_ARGUMENTS = frozenset(("polynomial-root",))


class Comparison:
    """Of one group of calls. `tolerance` may rise from 0 with the first float that is expected, and then stays so."""

    def __init__(self, oracle, tolerance):
        self.oracle, self.tolerance = oracle, tolerance

    def right(self, arguments, value, expected):
        try:
            return self._right(arguments, value, expected)
        except Exception:
            return False

    def expects_floats(self):
        """Said where such a value is expected, also where the reply is right without a comparison."""
        if self.tolerance == 0:
            self.tolerance = 1e-6

    def _right(self, arguments, value, expected):
        exact = value == expected
        oracle = self.oracle
        if oracle == "polynomial-root":
            return bool(abs(_polynomial(*arguments, value)) <= self.tolerance)
        if oracle == "anything":
            exact = True
        elif oracle == "or-zero":
            exact = exact or value == 0
        elif oracle == "pyramid-surface":
            exact = exact or abs(value - _surface(*arguments)) <= self.tolerance
        elif oracle == "padded-digit-distance":
            exact = exact or value == _digit_distance(*arguments)
        elif oracle == "as-sets":
            exact = set(value) == set(expected)
        elif oracle == "not-none":
            exact = value == expected if isinstance(value, bool) else expected == (value is not None)
        if brings_tolerance(expected):
            self.expects_floats()
        if not exact and self.tolerance != 0:
            if type(value) is not type(expected):
                return False
            if isinstance(expected, (list, tuple)) and len(value) != len(expected):
                return False
            return _all_close(value, expected, self.tolerance)
        return bool(exact)


def brings_tolerance(value):
    if isinstance(value, float):
        return True
    if isinstance(value, (list, tuple)) and value:
        return all(isinstance(item, float) for item in value)
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray) and value.dtype in (numpy.float64, numpy.float32)


def _all_close(value, expected, absolute):
    """numpy.allclose; without numpy for floats and flat lists of them, which nearly all are."""
    if type(value) is float:
        return _close(value, expected, absolute)
    if type(value) in (list, tuple) and all(type(i) is float for i in value) and all(type(i) is float for i in expected):
        return all(_close(a, b, absolute) for a, b in zip(value, expected))
    import numpy

    return bool(numpy.allclose(value, expected, rtol=RELATIVE, atol=absolute))


def _close(value, expected, absolute):
    if math.isinf(value) or math.isinf(expected):
        return value == expected
    return abs(value - expected) <= absolute + RELATIVE * abs(expected)


def _polynomial(coefficients, x):
    return sum(coefficient * math.pow(x, i) for i, coefficient in enumerate(coefficients))


def _surface(base, height):
    slant = math.sqrt((base / 2) ** 2 + height**2)
    return round(base**2 + 4 * (base * slant) / 2)


def _digit_distance(one, other):
    one, other = str(one), str(other)
    width = max(len(one), len(other))
    return sum(abs(int(a) - int(b)) for a, b in zip(one.zfill(width), other.zfill(width)))
