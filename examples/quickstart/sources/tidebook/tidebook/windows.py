# SPDX-License-Identifier: MIT
# Copyright (c) 2023 Ines Okafor
"""When can a boat of a given draught cross the harbour sill?"""

from typing import NamedTuple
from datetime import datetime

from .interpolate import crossing_fraction


class Window(NamedTuple):
    opens: datetime
    closes: datetime

    @property
    def minutes(self):
        return int((self.closes - self.opens).total_seconds() // 60)


def passable_windows(events, sill_depth, draught, clearance=0.3):
    """List the windows during which the sill is deep enough.

    ``sill_depth`` is the depth of the sill below chart datum. The tide must
    rise to ``draught + clearance - sill_depth`` before the boat may pass. A
    window still open when the table ends is closed at the last event.
    """
    if draught <= 0:
        raise ValueError("draught must be positive")
    needed = draught + clearance - sill_depth
    windows = []
    opened = None
    if events and events[0].metres >= needed:
        opened = events[0].when

    for before, after in zip(events, events[1:]):
        was_open = before.metres >= needed
        is_open = after.metres >= needed
        if was_open == is_open:
            continue
        fraction = crossing_fraction(before.metres, after.metres, needed)
        moment = before.when + (after.when - before.when) * fraction
        if is_open:
            opened = moment
        else:
            windows.append(Window(opened, moment))
            opened = None

    if opened is not None:
        windows.append(Window(opened, events[-1].when))
    return windows


def longest(windows):
    """The window a nervous skipper should pick, or ``None``."""
    return max(windows, key=lambda w: w.closes - w.opens, default=None)
