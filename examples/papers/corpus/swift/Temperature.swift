enum Scale {
    case celsius, fahrenheit, kelvin
}

struct Temperature: Comparable {
    let kelvin: Double

    init(_ degrees: Double, _ scale: Scale) {
        switch scale {
        case .celsius: kelvin = degrees + 273.15
        case .fahrenheit: kelvin = (degrees + 459.67) * 5 / 9
        case .kelvin: kelvin = degrees
        }
    }

    static func < (one: Temperature, other: Temperature) -> Bool {
        one.kelvin < other.kelvin
    }
}
