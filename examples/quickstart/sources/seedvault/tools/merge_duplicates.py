#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2022 Tomasz Brandl
"""Group accession rows that probably describe the same bag of seed.

Two rows belong together when they share a barcode, or when species and
collection site agree and the dates are at most three days apart. The relation
is not transitive by itself, therefore groups are closed with a disjoint-set
forest.
"""

import csv
import sys
from collections import defaultdict
from datetime import date

MAX_DAYS = 3


class Forest:
    """Disjoint sets over the integers ``0 .. size-1``."""

    def __init__(self, size):
        self._parent = list(range(size))

    def find(self, item):
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def union(self, left, right):
        left, right = self.find(left), self.find(right)
        if left != right:
            self._parent[max(left, right)] = min(left, right)


def group_rows(rows):
    """Return lists of row indices, each list one suspected bag."""
    forest = Forest(len(rows))
    by_barcode = {}
    by_origin = defaultdict(list)
    for index, row in enumerate(rows):
        barcode = row["barcode"].strip()
        if barcode:
            forest.union(by_barcode.setdefault(barcode, index), index)
        origin = (row["species"].casefold(), row["site"].casefold())
        by_origin[origin].append((date.fromisoformat(row["collected"]), index))

    for dated in by_origin.values():
        dated.sort()
        for (day_a, a), (day_b, b) in zip(dated, dated[1:]):
            if (day_b - day_a).days <= MAX_DAYS:
                forest.union(a, b)

    groups = defaultdict(list)
    for index in range(len(rows)):
        groups[forest.find(index)].append(index)
    return list(groups.values())


def main(argv):
    with open(argv[1], newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    for group in group_rows(rows):
        if len(group) > 1:
            print(" = ".join(rows[i]["number"] for i in group))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
