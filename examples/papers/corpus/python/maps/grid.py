from collections import deque


def distances(grid, start):
    """Steps from start to every open cell of a grid of '.' and '#'."""
    steps = {start: 0}
    waiting = deque([start])
    while waiting:
        x, y = waiting.popleft()
        for nx, ny in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if 0 <= ny < len(grid) and 0 <= nx < len(grid[ny]):
                if grid[ny][nx] == "." and (nx, ny) not in steps:
                    steps[nx, ny] = steps[x, y] + 1
                    waiting.append((nx, ny))
    return steps
