def common_length(one, other):
    row = [0] * (len(other) + 1)
    for left in one:
        corner = 0
        for i, right in enumerate(other, start=1):
            corner, row[i] = row[i], corner + 1 if left == right else max(row[i], row[i - 1])
    return row[-1]


def similarity(one, other):
    total = len(one) + len(other)
    return 1.0 if total == 0 else 2 * common_length(one, other) / total
