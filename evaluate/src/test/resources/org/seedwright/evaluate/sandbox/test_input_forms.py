import unittest

import input_forms


class InputFormsTest(unittest.TestCase):
    def test_each_form_builds_what_evalplus_builds(self):
        for form, given, wanted in (
            ("plain", [[[1]]], [[[1]]]),
            ("tuples", [[[1, 2], [3]]], [[(1, 2), (3,)]]),
            ("lists-of-tuples", [[[[1, 2]], [[3]]]], [[[(1, 2)], [(3,)]]]),
            ("list-of-tuples-first", [[[[1, 2]], 3]], [[[(1, 2)], 3]]),
            ("tuple-second", [[[1], [2]]], [[[1], (2,)]]),
            ("list-of-sets", [[[[1, 1], [], 2]]], [[[{1}, {}, {}]]]),
            ("float-and-complex", [["1", "2j"]], [(1.0, 2j)]),
            ("tuple-first", [[[1], 2, 3]], [[(1,), 2, 3]]),
            ("tuples-of-tuples", [[[[1], [2]]]], [[((1,), (2,))]]),
            ("tuple-of-tuples-or-values", [[[1, [2, 3]]]], [[(1, (2, 3))]]),
            ("dict-of-tuples-first", [[{"a": [1, 2]}, 3]], [[{"a": (1, 2)}, 3]]),
            ("complex", [["1+2j"]], [[1 + 2j]]),
            ("nested-tuples", [[[1, [2]]]], [((1, (2,)),)]),
        ):
            with self.subTest(form=form):
                self.assertEqual(input_forms.FORMS[form](given), wanted)


if __name__ == "__main__":
    unittest.main()
