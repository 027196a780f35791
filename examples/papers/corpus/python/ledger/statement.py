import csv
import io


def statement(rows, opening=0):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["day", "text", "amount", "balance"])
    balance = opening
    for day, text, amount in sorted(rows):
        balance += amount
        writer.writerow([day, text, amount, balance])
    return out.getvalue()
