import socket
import unittest

import frames


class FramesTest(unittest.TestCase):
    def test_a_patient_reader_gets_each_message_once_and_in_order(self):
        for patient in (False, True):
            one, other = socket.socketpair()
            with one, other:
                inbox = frames.Inbox(other, 1 << 20)
                inbox.patient = patient
                sent = [b"%d" % i for i in range(20)] + [b"x" * 9000, b"last"]
                for message in sent:
                    frames.send(one, message)
                self.assertEqual([inbox.next() for _ in sent], sent)

    def test_a_message_that_is_too_long_or_cut_off_is_refused(self):
        one, other = socket.socketpair()
        with other:
            with one:
                frames.send(one, b"12345")
                one.sendall(b"\x05")
            inbox = frames.Inbox(other, 5)
            self.assertEqual(inbox.next(), b"12345")
            self.assertRaises(frames.Ended, inbox.next)
        one, other = socket.socketpair()
        with one, other:
            frames.send(one, b"123456")
            self.assertRaises(frames.TooLong, frames.Inbox(other, 5).next)


if __name__ == "__main__":
    unittest.main()
