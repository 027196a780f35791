# SPDX-License-Identifier: ISC
# Copyright (c) 2024 Pauliina Vance
"""Plan a week of dinners without boring the guests."""

import functools


def similarity(left, right):
    """Share of main ingredients two dishes have in common."""
    left, right = set(left), set(right)
    union = left | right
    return len(left & right) / len(union) if union else 0.0


def plan_week(dishes, days=7, budget=None):
    """Choose ``days`` different dishes with little repetition.

    ``dishes`` maps a name to ``(cost, ingredients)``. The plan minimises the
    summed similarity of consecutive dinners; cheaper plans win ties. The
    search is exhaustive with memoisation over the set of used dishes, which
    is fast enough for the dozen recipes that most families rotate through.

    Returns a list of names, or ``None`` when the budget cannot be met.
    """
    names = sorted(dishes)
    if days > len(names):
        raise ValueError(f"{days} days but only {len(names)} dishes")

    @functools.lru_cache(maxsize=None)
    def best(used, last, left, money):
        if left == 0:
            return (0.0, 0, ())
        winner = None
        for index, name in enumerate(names):
            bit = 1 << index
            cost, ingredients = dishes[name]
            if used & bit or (money is not None and cost > money):
                continue
            rest = best(
                used | bit,
                index,
                left - 1,
                None if money is None else money - cost,
            )
            if rest is None:
                continue
            boredom = 0.0
            if last is not None:
                boredom = similarity(dishes[names[last]][1], ingredients)
            option = (rest[0] + boredom, rest[1] + cost, (name,) + rest[2])
            if winner is None or option < winner:
                winner = option
        return winner

    found = best(0, None, days, budget)
    return None if found is None else list(found[2])
