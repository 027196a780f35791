"""Arguments from JSON, as EvalPlus 0.3.1 rebuilds MBPP+'s (evalplus/data/mbpp.py, mbpp_deserialize_inputs).

Names are those of the Java enum InputForm.
"""


def tuples(inputs):
    return [[tuple(a) for a in call] for call in inputs]


def lists_of_tuples(inputs):
    return [[[tuple(item) for item in a] for a in call] for call in inputs]


def list_of_tuples_first(inputs):
    return [[[tuple(item) for item in call[0]], call[1]] for call in inputs]


def tuple_second(inputs):
    return [[call[0], tuple(call[1])] for call in inputs]


def list_of_sets(inputs):
    return [[[set(i) if isinstance(i, list) and len(i) else {} for i in call[0]]] for call in inputs]


def float_and_complex(inputs):
    return [(float(call[0]), complex(call[1])) for call in inputs]


def tuple_first(inputs):
    return [[tuple(call[0]), *call[1:]] for call in inputs]


def tuples_of_tuples(inputs):
    return [[tuple(tuple(item) for item in a) for a in call] for call in inputs]


def tuple_of_tuples_or_values(inputs):
    return [[tuple(tuple(i) if isinstance(i, list) else i for i in call[0])] for call in inputs]


def dict_of_tuples_first(inputs):
    return [[{key: tuple(value) for key, value in call[0].items()}, *call[1:]] for call in inputs]


def complex_number(inputs):
    return [[complex(call[0])] for call in inputs]


def nested_tuples(inputs):
    def deep(value):
        return tuple(deep(item) for item in value) if isinstance(value, list) else value

    return [deep(call) for call in inputs]


FORMS = {
    "plain": lambda inputs: inputs,
    "tuples": tuples,
    "lists-of-tuples": lists_of_tuples,
    "list-of-tuples-first": list_of_tuples_first,
    "tuple-second": tuple_second,
    "list-of-sets": list_of_sets,
    "float-and-complex": float_and_complex,
    "tuple-first": tuple_first,
    "tuples-of-tuples": tuples_of_tuples,
    "tuple-of-tuples-or-values": tuple_of_tuples_or_values,
    "dict-of-tuples-first": dict_of_tuples_first,
    "complex": complex_number,
    "nested-tuples": nested_tuples,
}
