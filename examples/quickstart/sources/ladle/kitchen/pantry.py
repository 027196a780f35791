# SPDX-License-Identifier: ISC
# Copyright (c) 2024 Pauliina Vance
"""A pantry that knows what expires first.

>>> pantry = Pantry()
>>> pantry.store("milk", 2, expires=14)
>>> pantry.store("milk", 1, expires=9)
>>> pantry.take("milk", 2)
[(9, 1), (14, 1)]
>>> pantry.amount("milk")
1
"""

import heapq
from collections import defaultdict


class NotEnough(LookupError):
    def __init__(self, item, wanted, present):
        super().__init__(f"{wanted} {item} wanted, {present} in the pantry")
        self.missing = wanted - present


class Pantry:
    """Stock per item, kept as a heap of ``[expiry day, amount]`` lots."""

    def __init__(self):
        self._lots = defaultdict(list)

    def store(self, item, amount, expires):
        if amount <= 0:
            raise ValueError("only positive amounts can be stored")
        heapq.heappush(self._lots[item], [expires, amount])

    def amount(self, item):
        return sum(amount for _, amount in self._lots.get(item, ()))

    def take(self, item, wanted):
        """Remove ``wanted`` units, soonest expiry first.

        Returns the lots touched as ``(expires, taken)`` pairs. Nothing is
        removed when the pantry holds too little.
        """
        present = self.amount(item)
        if present < wanted:
            raise NotEnough(item, wanted, present)
        lots = self._lots[item]
        taken = []
        while wanted > 0:
            expires, amount = lots[0]
            used = min(amount, wanted)
            taken.append((expires, used))
            wanted -= used
            if used == amount:
                heapq.heappop(lots)
            else:
                # The expiry stays, so the heap order is not disturbed.
                lots[0][1] = amount - used
        return taken

    def discard_expired(self, today):
        """Throw out everything past its day; report how much was wasted."""
        wasted = {}
        for item, lots in self._lots.items():
            while lots and lots[0][0] < today:
                _, amount = heapq.heappop(lots)
                wasted[item] = wasted.get(item, 0) + amount
        return wasted
