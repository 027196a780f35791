def weave(threading, treadling, tie_up):
    """Rows of a draw-down: True where the warp lies on top."""
    rows = []
    for treadle in treadling:
        lifted = tie_up[treadle]
        rows.append([shaft in lifted for shaft in threading])
    return rows


def floats(row):
    longest, run, last = 0, 0, None
    for over in row:
        run = run + 1 if over == last else 1
        last = over
        longest = max(longest, run)
    return longest
