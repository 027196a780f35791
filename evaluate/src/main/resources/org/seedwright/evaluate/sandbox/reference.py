"""Expected values, from the problem's own reference: EvalPlus 0.3.1's `trusted_exec`, with CPU in place of wall time."""

import copy
import json
import marshal
import pickle
import time

import input_forms


def prepare(tests):
    """Per group: the arguments, ready to be sent, and for the judge the expected values and CPU seconds of each call."""
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
                "expected": pickle.dumps(values, 5),
                "seconds": seconds,
            }
        )
    return prepared


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
