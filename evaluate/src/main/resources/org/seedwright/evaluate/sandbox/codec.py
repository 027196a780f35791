"""Values as JSON that keeps Python's types: how a candidate's values reach the judge.

Decoding builds plain data by fixed code and runs nothing that a candidate could have written:
neither class nor method nor hash of its own comes across. What has no form here becomes an
`Opaque`, equal to nothing but itself. Values of subclasses are sent as their base, so that an
`__eq__`, `__class__` or `__reduce__` that lies is left behind.

Numbers, texts, true, false and null stand for themselves and arrays for lists; all else is an object
with one key, its tag. `tuples` is a list of tuples.
"""

import collections
import datetime
import decimal
import fractions
import hashlib
import itertools
import json
import marshal
import sys

# How a reply begins: a value follows, or the digest of one, or how the call failed.
VALUE, DIGEST, FAILURE = b"1", b"2", b"0"
# What is said to a digest: go on, or send the value.
KNOWN, UNKNOWN = b"1", b"0"

SCALARS = frozenset((int, str, float, bool, type(None)))
DEPTH = 4
# From so many items or characters on a value is told by its digest first.
LONG = 1000
# Longer integers are sent in hexadecimal: decimal conversion is quadratic and refused by Python.
DIGITS = 4000
BUILTIN_TYPES = {t.__name__: t for t in (int, str, float, bool, list, tuple, dict, set, complex, bytes)}
VIEWS = {type({}.keys()): "keys", type({}.items()): "items"}


_as_json = json.JSONEncoder().encode


def kinds_of_plain(value):
    """The types of the scalars in lists of them, down to some depth, or in a list of tuples; None where it is another value."""
    if type(value) is not list:
        return {type(value)} if type(value) in SCALARS else None
    items, found = value, set()
    for depth in range(DEPTH):
        kinds = set(map(type, items))
        found |= kinds & SCALARS
        deeper = kinds - SCALARS
        if not deeper:
            return found
        if deeper == {tuple} and kinds == deeper and depth == 0:
            kinds = set(map(type, itertools.chain.from_iterable(items)))
            return kinds | {tuple} if kinds <= SCALARS else None
        if deeper != {list}:
            return None
        items = list(itertools.chain.from_iterable(item for item in items if type(item) is list))
    return None


def digest(value):
    """What a long plain value is told by at first: equal digests are of equal values of the same types.

    None for other values. Marshalling takes a tenth of what writing JSON takes, and it is not read by anyone.
    """
    if type(value) not in (list, str) or len(value) < LONG or kinds_of_plain(value) is None:
        return None
    # By version 2 bytes follow from the value alone: later ones tell which objects are shared.
    return hashlib.sha256(marshal.dumps(value, 2)).digest()


class Opaque:
    """A value that stayed in the candidate; `ref` names it there."""

    def __init__(self, ref, kind):
        self.ref, self.kind = ref, kind


class Unreadable(Exception):
    """The text is not an encoded value."""


class Encoder:
    """`refer(value)` gives a number to a value that has no form; without it the number is 0."""

    def __init__(self, refer=None):
        self.refer = refer

    def dumps(self, value):
        # Most values; the C encoder sees only what is exactly a list or a scalar.
        try:
            kinds = kinds_of_plain(value)
            if kinds is not None:
                return '{"tuples": %s}' % _as_json(value) if tuple in kinds else _as_json(value)
        except ValueError:
            pass  # an integer of too many digits
        return json.dumps(self.form(value))

    def form(self, value):
        kind = type(value)
        if kind in SCALARS:
            if kind is int and value.bit_length() > 3 * DIGITS:
                return {"int": hex(value)}
            return value
        make = FORMS.get(kind)
        if make is not None:
            return make(self, value)
        if kind is Opaque or issubclass(kind, Opaque):
            return {"there": object.__getattribute__(value, "ref")}
        for base, make in BASES:
            if issubclass(kind, base):
                return make(self, value)
        if kind in VIEWS:
            return {VIEWS[kind]: [self.form(item) for item in value]}
        if kind is type and BUILTIN_TYPES.get(value.__name__) is value:
            return {"type": value.__name__}
        if getattr(kind, "__module__", "") == "numpy":
            made = _numpy(self, value)
            if made is not None:
                return made
        return {"opaque": [self.refer(value) if self.refer else 0, str(getattr(kind, "__name__", "?"))[:80]]}

    def list(self, value):
        return [self.form(item) for item in list.__iter__(value)]

    def pairs(self, value):
        return [[self.form(k), self.form(v)] for k, v in dict.items(value)]


def _numpy(encoder, value):
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    if isinstance(value, numpy.ndarray):
        if value.dtype.kind not in "biufcU":
            return None
        return {"ndarray": [value.dtype.str, list(value.shape), encoder.form(value.ravel().tolist())]}
    if isinstance(value, numpy.generic) and value.dtype.kind in "biufcU":
        return {"numpy": [value.dtype.str, encoder.form(value.item())]}
    return None


FORMS = {
    list: Encoder.list,
    tuple: lambda e, v: {"tuple": [e.form(i) for i in v]},
    dict: lambda e, v: {"dict": e.pairs(v)},
    set: lambda e, v: {"set": [e.form(i) for i in v]},
    frozenset: lambda e, v: {"frozenset": [e.form(i) for i in v]},
    complex: lambda e, v: {"complex": [v.real, v.imag]},
    bytes: lambda e, v: {"bytes": v.hex()},
    bytearray: lambda e, v: {"bytearray": v.hex()},
    range: lambda e, v: {"range": [e.form(v.start), e.form(v.stop), e.form(v.step)]},
    collections.Counter: lambda e, v: {"counter": e.pairs(v)},
    collections.OrderedDict: lambda e, v: {"ordered": e.pairs(v)},
    collections.defaultdict: lambda e, v: {"default": e.pairs(v)},
    collections.deque: lambda e, v: {"deque": [e.form(i) for i in v]},
    decimal.Decimal: lambda e, v: {"decimal": str(v)},
    fractions.Fraction: lambda e, v: {"fraction": [e.form(v.numerator), e.form(v.denominator)]},
    datetime.datetime: lambda e, v: {"datetime": v.isoformat()},
    datetime.date: lambda e, v: {"date": v.isoformat()},
    datetime.time: lambda e, v: {"time": v.isoformat()},
    datetime.timedelta: lambda e, v: {"timedelta": [v.days, v.seconds, v.microseconds]},
    type(Ellipsis): lambda e, v: {"ellipsis": 0},
}

# Subclasses, by what they derive from: read by the base's own methods.
BASES = (
    (bool, lambda e, v: bool(v)),
    (int, lambda e, v: e.form(int.__add__(v, 0))),
    (float, lambda e, v: _numpy(e, v) or float.__add__(v, 0.0)),
    (complex, lambda e, v: _numpy(e, v) or {"complex": [complex.real.__get__(v), complex.imag.__get__(v)]}),
    (str, lambda e, v: _numpy(e, v) or str.__str__(v)),
    (bytes, lambda e, v: {"bytes": bytes.hex(v)}),
    (list, Encoder.list),
    (tuple, lambda e, v: {"tuple": [e.form(i) for i in tuple.__iter__(v)]}),
    (collections.Counter, lambda e, v: {"counter": e.pairs(v)}),
    (collections.OrderedDict, lambda e, v: {"ordered": e.pairs(v)}),
    (dict, lambda e, v: {"dict": e.pairs(v)}),
    (set, lambda e, v: {"set": [e.form(i) for i in set.__iter__(v)]}),
    (frozenset, lambda e, v: {"frozenset": [e.form(i) for i in frozenset.__iter__(v)]}),
)


class Decoder:
    """`opaque(ref, kind)` makes what stands for a value that stayed behind, `resolve(ref)` finds it there."""

    def __init__(self, opaque=Opaque, resolve=None):
        self.opaque, self.resolve = opaque, resolve

    def loads(self, text):
        """A value of text or bytes; Unreadable where they are none."""
        try:
            return self.value(json.loads(text))
        except Unreadable:
            raise
        except RecursionError:
            raise Unreadable("nested too deeply") from None
        except (ValueError, TypeError, KeyError, ArithmeticError, LookupError, AttributeError, ImportError) as error:
            raise Unreadable(str(error)[:100]) from None

    def value(self, form):
        kind = type(form)
        if kind is list:
            for item in form:
                if type(item) not in SCALARS:
                    return [self.value(item) for item in form]
            return form[:]
        if kind is dict:
            if len(form) != 1:
                raise Unreadable("a form has one tag")
            ((tag, content),) = form.items()
            return READERS[tag](self, content)
        return form

    def items(self, content):
        return [self.value(item) for item in content]

    def pairs(self, content):
        return [(self.value(k), self.value(v)) for k, v in content]


def _tuples(decoder, content):
    if type(content) is not list or not {list}.issuperset(map(type, content)):
        raise Unreadable("tuples are lists of lists")
    if SCALARS.issuperset(map(type, itertools.chain.from_iterable(content))):
        return list(map(tuple, content))
    return [tuple(decoder.items(item)) for item in content]


def _array(decoder, content):
    import numpy

    dtype, shape, flat = content
    return numpy.array(decoder.value(flat), dtype=numpy.dtype(_plain(dtype))).reshape([int(n) for n in shape])


def _scalar(decoder, content):
    import numpy

    dtype, item = content
    return numpy.dtype(_plain(dtype)).type(decoder.value(item))


def _plain(dtype):
    if type(dtype) is not str or dtype[1:2] not in "biufcU" or len(dtype) > 8:
        raise Unreadable("not a plain dtype")
    return dtype


READERS = {
    "int": lambda d, c: int(c, 16),
    "tuple": lambda d, c: tuple(d.items(c)),
    "tuples": _tuples,
    "dict": lambda d, c: dict(d.pairs(c)),
    "set": lambda d, c: set(d.items(c)),
    "frozenset": lambda d, c: frozenset(d.items(c)),
    "complex": lambda d, c: complex(float(c[0]), float(c[1])),
    "bytes": lambda d, c: bytes.fromhex(c),
    "bytearray": lambda d, c: bytearray.fromhex(c),
    "range": lambda d, c: range(*d.items(c)),
    "counter": lambda d, c: collections.Counter(dict(d.pairs(c))),
    "ordered": lambda d, c: collections.OrderedDict(d.pairs(c)),
    "default": lambda d, c: collections.defaultdict(None, d.pairs(c)),
    "deque": lambda d, c: collections.deque(d.items(c)),
    "decimal": lambda d, c: decimal.Decimal(c),
    "fraction": lambda d, c: fractions.Fraction(d.value(c[0]), d.value(c[1])),
    "datetime": lambda d, c: datetime.datetime.fromisoformat(c),
    "date": lambda d, c: datetime.date.fromisoformat(c),
    "time": lambda d, c: datetime.time.fromisoformat(c),
    "timedelta": lambda d, c: datetime.timedelta(*c),
    "ellipsis": lambda d, c: Ellipsis,
    "keys": lambda d, c: dict.fromkeys(d.items(c)).keys(),
    "items": lambda d, c: dict(d.items(c)).items(),
    "type": lambda d, c: BUILTIN_TYPES[c],
    "numpy": _scalar,
    "ndarray": _array,
    "opaque": lambda d, c: d.opaque(int(c[0]), str(c[1])),
    "there": lambda d, c: d.resolve(c),
}
