# SPDX-License-Identifier: MIT
# Copyright (c) 2023 Ines Okafor
"""Tide prediction as a sum of harmonic constituents."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Constituent:
    name: str
    amplitude: float  # metres
    degrees_per_hour: float
    phase: float  # degrees

    def at(self, hours):
        angle = math.radians(self.degrees_per_hour * hours - self.phase)
        return self.amplitude * math.cos(angle)

    @property
    def period(self):
        """Length of one cycle in hours."""
        return 360.0 / self.degrees_per_hour


def load_constituents(lines):
    """Read ``name amplitude speed phase`` lines, skipping ``;`` comments."""
    loaded = {}
    for line in lines:
        content = line.split(";")[0].split()
        if not content:
            continue
        name, *numbers = content
        if name in loaded:
            raise ValueError(f"constituent {name} is listed twice")
        loaded[name] = Constituent(name, *map(float, numbers))
    return list(loaded.values())


def predict(constituents, hours, mean_level=0.0):
    """Height above datum ``hours`` after the epoch of the phases."""
    return mean_level + sum(c.at(hours) for c in constituents)


def turning_points(constituents, start, stop, step=0.1):
    """Find local extremes by scanning, then refine each one by bisection.

    Yields ``(hour, height)``. The step must be shorter than half the
    shortest period, otherwise a pair of extremes may slip between samples.
    """

    def slope(hour):
        total = 0.0
        for c in constituents:
            speed = math.radians(c.degrees_per_hour)
            angle = speed * hour - math.radians(c.phase)
            total -= c.amplitude * speed * math.sin(angle)
        return total

    count = int((stop - start) / step)
    for index in range(count):
        left = start + index * step
        right = left + step
        if slope(left) * slope(right) >= 0:
            continue
        rising = slope(left) > 0
        for _ in range(30):
            middle = (left + right) / 2
            if (slope(middle) > 0) == rising:
                left = middle
            else:
                right = middle
        yield left, predict(constituents, left)
