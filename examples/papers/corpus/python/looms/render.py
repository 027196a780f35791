def render(rows, over="#", under="."):
    return "\n".join("".join(over if cell else under for cell in row) for row in rows)


def mirror(rows):
    return [row + row[-2::-1] for row in rows]


def repeat(rows, across, down):
    return [row * across for row in rows] * down
