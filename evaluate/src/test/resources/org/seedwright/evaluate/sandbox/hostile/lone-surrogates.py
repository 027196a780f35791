# Prints, returns and raises text that is no UTF-8.
# verdict: wrong-answer
def add(a, b):
    print("\ud800\udfff\udc80")
    return "\ud800"
