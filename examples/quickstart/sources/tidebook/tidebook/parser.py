# SPDX-License-Identifier: MIT
# Copyright (c) 2023 Ines Okafor
"""Parser for the fixed-column tide tables issued by small harbours.

A table looks like this::

    STATION  Pellan Sound
    DATE     2023-04-17
    H  04:12   4.8m
    L  10:31   0.9m
    H  16:40   15.1ft     # remarks are allowed

A new DATE line starts the next day; blank lines are ignored.
"""

import re
from datetime import date, datetime, time

from .records import FEET_PER_METRE, EventKind, TideEvent

_EVENT = re.compile(
    r"^(?P<kind>[HLhl])\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"\s+(?P<value>[-+]?\d+(?:\.\d+)?)\s*(?P<unit>m|ft)$"
)


class TideTableError(ValueError):
    """A malformed line, with its number for the harbour master."""

    def __init__(self, line_number, message):
        super().__init__(f"line {line_number}: {message}")
        self.line_number = line_number


def _strip_remark(line):
    return line.split("#", 1)[0].strip()


def _to_metres(value, unit):
    return value / FEET_PER_METRE if unit == "ft" else value


def parse_table(text):
    """Return ``(station, events)`` for one table.

    Events come back in file order. A line before the first DATE, an hour
    past 23 or an unknown keyword raises :class:`TideTableError`.
    """
    station = None
    day = None
    events = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _strip_remark(raw)
        if not line:
            continue
        keyword, _, rest = line.partition(" ")
        if keyword == "STATION":
            station = rest.strip()
        elif keyword == "DATE":
            try:
                day = date.fromisoformat(rest.strip())
            except ValueError as err:
                raise TideTableError(number, f"bad date: {err}") from err
        else:
            events.append(_parse_event(number, line, day))
    return station, events


def _parse_event(number, line, day):
    match = _EVENT.match(line)
    if match is None:
        raise TideTableError(number, f"cannot read {line!r}")
    if day is None:
        raise TideTableError(number, "event before the first DATE line")
    try:
        clock = time(int(match["hour"]), int(match["minute"]))
    except ValueError as err:
        raise TideTableError(number, str(err)) from err
    metres = _to_metres(float(match["value"]), match["unit"])
    kind = EventKind.from_letter(match["kind"])
    return TideEvent(datetime.combine(day, clock), round(metres, 3), kind)
