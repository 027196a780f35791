# Returns a list that is its own element.
# verdict: wrong-answer raised
def add(a, b):
    value = []
    value.append(value)
    return value
