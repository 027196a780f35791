struct Stack<Element> {
    private var items: [Element] = []

    var isEmpty: Bool { items.isEmpty }
    var top: Element? { items.last }

    mutating func push(_ item: Element) {
        items.append(item)
    }

    mutating func pop() -> Element? {
        items.popLast()
    }
}

func balanced(_ text: String) -> Bool {
    let closing: [Character: Character] = [")": "(", "]": "[", "}": "{"]
    var open = Stack<Character>()
    for letter in text {
        if closing.values.contains(letter) {
            open.push(letter)
        } else if let expected = closing[letter], open.pop() != expected {
            return false
        }
    }
    return open.isEmpty
}
