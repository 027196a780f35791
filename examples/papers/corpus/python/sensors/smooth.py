from collections import deque


def moving_median(values, width):
    window = deque(maxlen=width)
    for value in values:
        window.append(value)
        ordered = sorted(window)
        middle = len(ordered) // 2
        if len(ordered) % 2:
            yield ordered[middle]
        else:
            yield (ordered[middle - 1] + ordered[middle]) / 2
