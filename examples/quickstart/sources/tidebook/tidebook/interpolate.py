# SPDX-License-Identifier: MIT
# Copyright (c) 2023 Ines Okafor
"""Water height between two turning points."""

import bisect
import math


def height_at(events, moment):
    """Estimate the height in metres at ``moment``.

    ``events`` must be sorted by time. Between a low and a high the water is
    taken to follow half a cosine, which is flat at both ends and steepest in
    the middle. Outside the table a ``LookupError`` is raised: guessing beyond
    the last printed line has grounded boats before.
    """
    times = [event.when for event in events]
    right = bisect.bisect_left(times, moment)
    if right < len(times) and times[right] == moment:
        return events[right].metres
    if right == 0 or right == len(times):
        raise LookupError(f"{moment} lies outside the table")

    before, after = events[right - 1], events[right]
    elapsed = (moment - before.when) / (after.when - before.when)
    blend = (1 - math.cos(math.pi * elapsed)) / 2
    return before.metres + (after.metres - before.metres) * blend


def crossing_fraction(start, end, level):
    """Fraction of the interval after which the water reaches ``level``.

    Inverse of the cosine blend used above. Returns ``None`` if the level is
    not between ``start`` and ``end``.
    """
    low, high = min(start, end), max(start, end)
    if not low <= level <= high or low == high:
        return None
    blend = (level - start) / (end - start)
    return math.acos(1 - 2 * blend) / math.pi
