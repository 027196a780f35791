# SPDX-License-Identifier: MIT
# Copyright (c) 2023 Ines Okafor
"""Value types shared by the tide-table parser and the planners."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

FEET_PER_METRE = 3.280839895


class EventKind(Enum):
    """Whether a table line describes high or low water."""

    HIGH = "H"
    LOW = "L"

    @classmethod
    def from_letter(cls, letter):
        for kind in cls:
            if kind.value == letter.upper():
                return kind
        raise ValueError(f"unknown tide letter {letter!r}")


@dataclass(frozen=True)
class TideEvent:
    """One turning point of the tide; events sort by time."""

    when: datetime
    metres: float
    kind: EventKind

    def __lt__(self, other):
        return self.when < other.when

    @property
    def feet(self):
        return self.metres * FEET_PER_METRE

    def describe(self):
        """Return the short text used in the printed almanac."""
        name = "high" if self.kind is EventKind.HIGH else "low"
        return f"{self.when:%d %b %H:%M} {name} water {self.metres:+.1f} m"


def check_alternation(events):
    """Yield pairs of neighbouring events that break the high/low rhythm.

    Printed tables sometimes drop a line at a page break. The parser cannot
    see that by itself, but two highs in a row give the gap away.
    """
    ordered = sorted(events)
    for left, right in zip(ordered, ordered[1:]):
        if left.kind is right.kind:
            yield left, right
