"""Expected values, from the problem's own reference: EvalPlus 0.3.1's `trusted_exec`, with CPU in place of wall time."""

import copy
import json
import marshal
import pickle
import time

import codec
import input_forms
import oracles

# A longer reply is decoded: keeping its text, too, is not worth the memory.
LONGEST_TEXT = 4096


def prepare(tests):
    """Per group: the arguments, ready to be sent, and for the judge the expected values and CPU seconds of each call.

    `texts` are the replies that are right as they stand, so that most need not be decoded.
    """
    prepared = []
    for group in tests["groups"]:
        inputs = input_forms.FORMS[tests["inputForm"]](json.loads(group["inputs"]))
        values, seconds = run(tests["reference"], tests["entryPoint"], inputs)
        if tests["oracle"] == "not-none":
            values = [value is not None for value in values]
        # One by one: a judge reads those that it compares, and of one problem they are hundreds of megabytes.
        expected = [pickle.dumps(value, 5) for value in values]
        prepared.append(
            {
                "group": group["name"],
                "inputs": marshal.dumps(inputs),
                "expected": expected,
                "texts": texts(values, expected, tests["oracle"]),
                "floats": [oracles.brings_tolerance(value) for value in values],
                "seconds": seconds,
            }
        )
    return prepared


def texts(values, expected, oracle):
    """The reply for each value; None where that reply, decoded, is not right whatever the tolerance."""
    if oracle != "equal":
        return [None] * len(values)
    encoder, decoder = codec.Encoder(), codec.Decoder()
    found = []
    for value, pickled in zip(values, expected):
        if len(pickled) > LONGEST_TEXT:
            found.append(None)
            continue
        try:
            text = encoder.dumps(value)
            right = decoder.loads(text) == value
            found.append(text.encode() if right is True and len(text) <= LONGEST_TEXT else None)
        except Exception:
            found.append(None)
    return found


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
