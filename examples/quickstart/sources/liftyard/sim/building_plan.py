"""Read the ASCII drawings from which the simulator builds its towers.

Each row is a floor, the top floor first. Every column is a shaft: ``#`` means
that the lift serves the floor, ``|`` that it passes through without a door and
``.`` that the shaft does not reach this floor.
"""

SERVED, EXPRESS, ABSENT = "#", "|", "."


class PlanError(Exception):
    pass


def read_plan(drawing):
    """Return one sorted list of served floors for each shaft."""
    rows = [line.strip() for line in drawing.strip().splitlines()]
    rows.reverse()
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        raise PlanError("all floors must show the same number of shafts")

    shafts = []
    for column in range(widths.pop()):
        cells = "".join(row[column] for row in rows)
        strange = set(cells) - {SERVED, EXPRESS, ABSENT}
        if strange:
            raise PlanError(f"shaft {column}: unknown mark {min(strange)!r}")
        body = cells.strip(ABSENT)
        if ABSENT in body:
            raise PlanError(f"shaft {column} is interrupted")
        if body and (body[0] != SERVED or body[-1] != SERVED):
            raise PlanError(f"shaft {column} must end in a served floor")
        shafts.append([i for i, mark in enumerate(cells) if mark == SERVED])
    return shafts


def transfers_needed(shafts, start, goal):
    """Fewest changes of lift between two floors, or ``None``.

    Breadth-first over floors, where one ride reaches every floor of a shaft.
    """
    if start == goal:
        return 0
    reached = {start}
    frontier = {start}
    rides = 0
    while frontier:
        rides += 1
        step = set()
        for shaft in shafts:
            if frontier.intersection(shaft):
                step.update(shaft)
        if goal in step:
            return rides - 1
        frontier = step - reached
        reached |= step
    return None
