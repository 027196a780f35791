import random


def delays(first, factor, most, attempts, seed):
    draw = random.Random(seed)
    delay = first
    for _ in range(attempts):
        yield delay * (0.5 + draw.random() / 2)
        delay = min(delay * factor, most)
