class Trie:
    def __init__(self):
        self.children = {}
        self.ends = False

    def add(self, word):
        node = self
        for letter in word:
            node = node.children.setdefault(letter, Trie())
        node.ends = True

    def longest_prefix(self, text):
        node, best = self, 0
        for place, letter in enumerate(text, start=1):
            if letter not in node.children:
                break
            node = node.children[letter]
            if node.ends:
                best = place
        return text[:best]
