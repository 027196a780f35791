# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2024 Marit Solheim-Adeyemi
"""Assign seed boxes to freezer shelves.

Shelves have a width in centimetres and boxes must not be stacked. We use the
best-fit-decreasing heuristic, with one house rule: boxes from the same country
go on the same shelf while there is room, since curators visit by country.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Box:
    label: str
    width: int
    country: str


@dataclass
class Shelf:
    capacity: int
    boxes: list[Box] = field(default_factory=list)

    @property
    def free(self) -> int:
        return self.capacity - sum(box.width for box in self.boxes)

    def hosts(self, country: str) -> bool:
        return any(box.country == country for box in self.boxes)


def pack(boxes: list[Box], capacity: int) -> list[Shelf]:
    """Place every box and return the shelves used, fullest first."""
    too_wide = [box.label for box in boxes if box.width > capacity]
    if too_wide:
        raise ValueError(f"wider than a shelf: {', '.join(sorted(too_wide))}")

    shelves: list[Shelf] = []
    for box in sorted(boxes, key=lambda b: (-b.width, b.label)):
        candidates = [shelf for shelf in shelves if shelf.free >= box.width]
        if candidates:
            # False sorts before True: prefer shelves of the same country.
            target = min(
                candidates,
                key=lambda shelf: (not shelf.hosts(box.country), shelf.free),
            )
        else:
            target = Shelf(capacity)
            shelves.append(target)
        target.boxes.append(box)
    return sorted(shelves, key=lambda shelf: shelf.free)


def utilisation(shelves: list[Shelf]) -> float:
    """Share of the shelf width in use, between 0 and 1."""
    total = sum(shelf.capacity for shelf in shelves)
    if total == 0:
        return 0.0
    return 1 - sum(shelf.free for shelf in shelves) / total
