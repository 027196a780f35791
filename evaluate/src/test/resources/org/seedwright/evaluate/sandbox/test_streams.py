import unittest

import streams


class SinkTest(unittest.TestCase):
    def test_text_is_counted_and_forgotten(self):
        flooded = []
        sink = streams.Sink(5, lambda: flooded.append(True))
        print("\ud800bc", end="", file=sink)
        self.assertEqual((sink.getvalue(), flooded), ("", []))
        sink.writelines(["d", "e"])
        self.assertEqual(flooded, [])
        sink.write("f")
        self.assertEqual(flooded, [True])

    def test_there_is_nothing_to_read(self):
        sink = streams.Sink(5, None)
        self.assertRaises(OSError, sink.readline)
        self.assertRaises(OSError, lambda: list(sink))
        self.assertRaises(TypeError, sink.write, b"a")


if __name__ == "__main__":
    unittest.main()
