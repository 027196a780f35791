# SPDX-License-Identifier: MIT
# Copyright (c) 2019 Ines Okafor
"""Notes on harbour names, saved by an editor that still wrote Latin-1."""

NAMES = {
    "Malmö": "ferry berth, sill at 6.1 m",
    "Cádiz": "fishing quay, dries at low water",
    "Sète": "canal mouth, strong set at half tide",
}


def lookup(name):
    """Return the remark for a harbour, ignoring upper and lower case."""
    for known, remark in NAMES.items():
        if known.casefold() == name.casefold():
            return remark
    raise KeyError(name)


def fold(name):
    """Replace the accented letters that old plotters could not print."""
    table = str.maketrans("öáè", "oae")
    return name.translate(table)


def index():
    return sorted(fold(name) for name in NAMES)
