# SPDX-License-Identifier: ISC
# Copyright (c) 2023 Beatriz Wanjiru
"""Work out when to start each step so that dinner is ready on time."""

from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter


@dataclass
class Step:
    name: str
    minutes: int
    needs: list = field(default_factory=list)
    hands_on: bool = True


class ImpossibleRecipe(Exception):
    """Raised when steps wait for each other in a circle."""


def latest_starts(steps, serve_at):
    """Map each step to the latest minute at which it may begin.

    Steps that nothing depends on have to end at ``serve_at``; every other
    step has to end when the first of its dependants begins.
    """
    by_name = {step.name: step for step in steps}
    try:
        order = list(
            TopologicalSorter({s.name: s.needs for s in steps}).static_order()
        )
    except CycleError as err:
        circle = " -> ".join(err.args[1])
        raise ImpossibleRecipe(f"circular steps: {circle}") from err

    unknown = [name for name in order if name not in by_name]
    if unknown:
        raise ImpossibleRecipe(f"undefined step {unknown[0]!r}")

    deadline = dict.fromkeys(by_name, serve_at)
    starts = {}
    for name in reversed(order):
        step = by_name[name]
        starts[name] = deadline[name] - step.minutes
        for needed in step.needs:
            deadline[needed] = min(deadline[needed], starts[name])
    return starts


def clashes(steps, starts):
    """Yield pairs of hands-on steps that one cook would do at once."""
    busy = sorted(
        (starts[s.name], starts[s.name] + s.minutes, s.name)
        for s in steps
        if s.hands_on
    )
    for index, (_, end, name) in enumerate(busy):
        for later_start, _, later in busy[index + 1:]:
            if later_start >= end:
                break
            yield name, later
