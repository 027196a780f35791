# SPDX-License-Identifier: BSD-3-Clause
# Copyright (c) 2021, Rafael Nkemelu-Ortiz
"""Print a quality report for a triangle mesh before and after trimming."""

import math
from collections import Counter


def edge_counts(triangles):
    """Count how many triangles use each undirected edge."""
    counts = Counter()
    for a, b, c in triangles:
        for edge in ((a, b), (b, c), (c, a)):
            counts[tuple(sorted(edge))] += 1
    return counts


def euler_characteristic(triangles):
    """Vertices minus edges plus faces: 2 for a sphere, 0 for a torus."""
    vertices = {corner for triangle in triangles for corner in triangle}
    return len(vertices) - len(edge_counts(triangles)) + len(triangles)


def shape_quality(p, q, r):
    """1.0 for an equilateral triangle, falling to 0.0 for a sliver.

    The measure is the area relative to the summed squares of the sides,
    scaled so that the best possible value is one.
    """
    u = [b - a for a, b in zip(p, q)]
    v = [b - a for a, b in zip(p, r)]
    w = [b - a for a, b in zip(q, r)]
    cross = (
        u[1] * v[2] - u[2] * v[1],
        u[2] * v[0] - u[0] * v[2],
        u[0] * v[1] - u[1] * v[0],
    )
    area = math.hypot(*cross) / 2
    squares = sum(x * x for side in (u, v, w) for x in side)
    return 4 * math.sqrt(3) * area / squares if squares else 0.0


def report(points, triangles, sliver_limit=0.1):
    """Return a dictionary that the command line prints line by line."""
    counts = edge_counts(triangles)
    qualities = [
        shape_quality(*(points[corner] for corner in triangle))
        for triangle in triangles
    ]
    return {
        "triangles": len(triangles),
        "open edges": sum(1 for n in counts.values() if n == 1),
        "tangled edges": sum(1 for n in counts.values() if n > 2),
        "euler": euler_characteristic(triangles),
        "slivers": sum(1 for q in qualities if q < sliver_limit),
        "worst quality": round(min(qualities, default=0.0), 4),
    }
