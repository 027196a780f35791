from decimal import Decimal


def balances(entries):
    """Total of each account, in the order in which accounts first appear."""
    totals = {}
    for account, amount in entries:
        totals[account] = totals.get(account, Decimal(0)) + Decimal(amount)
    return totals


def overdrawn(entries):
    return sorted(name for name, total in balances(entries).items() if total < 0)
