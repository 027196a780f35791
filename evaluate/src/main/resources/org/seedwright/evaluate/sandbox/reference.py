"""Expected values, from the problem's own reference: EvalPlus 0.3.1's `trusted_exec`, with CPU in place of wall time."""

import copy
import hashlib
import json
import marshal
import pickle
import time
import zlib

import codec
import input_forms
import oracles

# Of a longer reply the digest is kept, and longer values are kept compressed: of a few problems they are hundreds of
# megabytes, which the judges' server would have to map into each judge.
LONGEST = 4096


def prepare(tests):
    """Per group: the arguments, ready to be sent, and for the judge the expected values and CPU seconds of each call.

    `replies` are those that are right as they stand, so that most need not be decoded.
    """
    prepared = []
    for group in tests["groups"]:
        inputs = input_forms.FORMS[tests["inputForm"]](json.loads(group["inputs"]))
        values, seconds = run(tests["reference"], tests["entryPoint"], inputs)
        if tests["oracle"] == "not-none":
            values = [value is not None for value in values]
        prepared.append(
            {
                "group": group["name"],
                "inputs": marshal.dumps(inputs),
                # One by one: a judge reads those that it compares.
                "expected": [packed(value) for value in values],
                "replies": replies(values, tests["oracle"]),
                "floats": [oracles.brings_tolerance(value) for value in values],
                "seconds": seconds,
            }
        )
    return prepared


def packed(value):
    pickled = pickle.dumps(value, 5)
    return pickled if len(pickled) <= LONGEST else ZIPPED + zlib.compress(pickled, 1)


def unpacked(kept):
    return pickle.loads(zlib.decompress(kept[1:]) if kept[:1] == ZIPPED else kept)


# No pickle begins so.
ZIPPED = b"#"


def replies(values, oracle):
    """The reply for each value, as `told`; None where that reply, decoded, is not right whatever the tolerance."""
    if oracle != "equal":
        return [None] * len(values)
    return [right_reply(value) for value in values]


def right_reply(value):
    try:
        digest = codec.digest(value)
        if digest is not None:
            # NaN is the only plain value that its own copy is not equal to.
            same = float not in codec.kinds_of_plain(value) or marshal.loads(marshal.dumps(value, 2)) == value
            return codec.DIGEST + digest if same else None
        text = codec.Encoder().dumps(value)
        same = codec.Decoder().loads(text) == value
        return told(codec.VALUE + text.encode()) if same is True else None
    except Exception:
        return None


def told(reply):
    """What is compared in the place of a reply: itself, or where it is long, its digest."""
    return reply if len(reply) <= LONGEST else hashlib.sha256(reply).digest()


def run(reference, entry_point, inputs):
    module = {}
    exec(compile(reference, "<reference>", "exec"), module)
    function = module[entry_point]
    values, seconds = [], []
    for arguments in inputs:
        arguments = copy.deepcopy(arguments)
        begin = time.process_time()
        values.append(function(*arguments))
        seconds.append(time.process_time() - begin)
    return values, seconds
