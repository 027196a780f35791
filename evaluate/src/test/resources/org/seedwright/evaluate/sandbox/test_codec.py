import collections
import datetime
import decimal
import fractions
import json
import unittest

import codec


def there_and_back(value):
    return codec.Decoder().loads(codec.Encoder().dumps(value))


class Lies(list):
    def __eq__(self, other):
        return True

    __class__ = int

    def __iter__(self):
        raise ValueError


class CodecTest(unittest.TestCase):
    def test_plain_data_keeps_its_types(self):
        point = collections.namedtuple("Point", "x y")
        values = (
            0, -1, 10**5000, 1.5, float("inf"), True, None, "", "\ud800", [], [1, [2.0, "a"]], (1, (2,)), {1: [2], (1, 2): {3}},
            {1, 2}, frozenset((1,)), 1 + 2j, b"\x00\xff", bytearray(b"a"), range(3), collections.Counter("aab"),
            collections.OrderedDict(a=1), collections.deque([1]), decimal.Decimal("1.10"), fractions.Fraction(1, 3),
            datetime.datetime(2024, 1, 2, 3, 4), datetime.date(2024, 1, 2), datetime.timedelta(1, 2, 3), Ellipsis, int,
        )
        for i, value in enumerate(values):
            with self.subTest(i=i):
                back = there_and_back(value)
                self.assertEqual(back, value)
                self.assertIs(type(back), type(value))
        self.assertEqual(there_and_back(point(1, 2)), (1, 2))

    def test_equal_values_of_other_types_stay_apart(self):
        self.assertIs(type(there_and_back(3.0)), float)
        self.assertIs(type(there_and_back([True])[0]), bool)
        self.assertNotEqual(there_and_back((1, 2)), [1, 2])

    def test_nan_is_nan(self):
        self.assertNotEqual(there_and_back(float("nan")), there_and_back(float("nan")))

    def test_a_subclass_comes_as_its_base_without_its_methods(self):
        self.assertEqual(there_and_back(Lies([1])), [1])
        self.assertNotEqual(there_and_back(Lies([1])), [2])

    def test_what_has_no_form_equals_nothing(self):
        for value in (object(), lambda: 1, iter([1]), (x for x in [1]), Exception("x")):
            self.assertIsInstance(there_and_back(value), codec.Opaque)
            self.assertNotEqual(there_and_back(value), there_and_back(value))

    def test_dict_views_compare_as_views(self):
        self.assertEqual(there_and_back({1: 2}.keys()), {1})
        self.assertEqual(there_and_back({1: 2}.items()), {(1, 2)})

    def test_what_is_no_encoded_value_is_unreadable(self):
        for text in (
            "", "{", '{"a": 1, "b": 2}', '{"unknown": 1}', '{"dict": [1]}', '{"set": [[1]]}', '{"int": 5}', '{"numpy": ["O8", 1]}',
            '{"type": "object"}', '{"fraction": [1, 0]}', "[" * 100000, "\udcff",
        ):
            with self.subTest(text=text[:30]), self.assertRaises(codec.Unreadable):
                codec.Decoder().loads(text)

    def test_lists_are_not_shared_with_the_text(self):
        form = [1, 2]
        value = codec.Decoder().value(form)
        value.append(3)
        self.assertEqual(form, [1, 2])

    def test_lists_of_lists_are_written_the_same_way_at_any_depth(self):
        huge = 10**5000
        for value in ([[1, "é"], [], [[2.0], None]], [[1, [huge]]], [[(1,)]], [[[[[[1]]]]]], [[Lies([1])]]):
            encoder = codec.Encoder()
            self.assertEqual(encoder.dumps(value), json.dumps(encoder.form(value)))
        cyclic = [1]
        cyclic.append(cyclic)
        self.assertRaises(RecursionError, codec.Encoder().dumps, cyclic)

    def test_tuples_in_a_list_are_written_together(self):
        value = [(1, "a"), (), (None, 2.5)]
        self.assertEqual(codec.Encoder().dumps(value), '{"tuples": [[1, "a"], [], [null, 2.5]]}')
        for value in (value, [(1,), (10**5000,)], [(1,), ((2,),)], [(1,), [2]], [((1,),)]):
            self.assertEqual(there_and_back(value), value)
        self.assertEqual(codec.Decoder().loads('{"tuples": [[{"tuple": [1]}]]}'), [((1,),)])
        for text in ('{"tuples": 1}', '{"tuples": [1]}', '{"tuples": ["ab"]}', '{"tuples": {"list": []}}'):
            self.assertRaises(codec.Unreadable, codec.Decoder().loads, text)

    def test_digests_are_equal_where_values_and_types_are(self):
        long = [(1, "a"), (2, "b")] * 1000
        self.assertEqual(codec.digest(long), codec.digest([(1, chr(97)), (2, "b")] * 1000))
        others = [list(map(list, long)), long[1:], [(1.0, "a"), (2, "b")] * 1000, [(True, "a"), (2, "b")] * 1000]
        for other in others:
            self.assertNotEqual(codec.digest(long), codec.digest(other))
        shared = [0.5] * 2000
        self.assertEqual(codec.digest(shared), codec.digest([float("0.5") for _ in range(2000)]))
        self.assertNotEqual(codec.digest("\ud83d\ude00" * 500), codec.digest("\U0001f600" * 1000))

    def test_what_is_short_or_not_plain_has_no_digest(self):
        for value in (1, "a", [1], {1: 2}, tuple(range(2000)), [Lies([1])] * 2000, [{1}] * 2000, [[1], (1,)] * 1000):
            self.assertIsNone(codec.digest(value))

    def test_text_is_ascii(self):
        self.assertTrue(codec.Encoder().dumps(["\u00e9\ud800"]).isascii())
        json.loads(codec.Encoder().dumps({1: 2}))


if __name__ == "__main__":
    unittest.main()
