import math


def height(hours, mean, constituents):
    """Water level after some hours; a constituent is (amplitude, period, phase)."""
    level = mean
    for amplitude, period, phase in constituents:
        level += amplitude * math.cos(2 * math.pi * hours / period - phase)
    return level


def high_waters(mean, constituents, until, step=0.1):
    before = height(0, mean, constituents)
    rising = False
    count = int(until / step)
    for i in range(1, count + 1):
        now = height(i * step, mean, constituents)
        if rising and now < before:
            yield round((i - 1) * step, 3), before
        rising = now > before
        before = now
