import Foundation

struct Track {
    let title: String
    let seconds: Int
}

func fitting(_ tracks: [Track], within limit: Int) -> [Track] {
    var chosen: [Track] = []
    var used = 0
    for track in tracks.sorted(by: { $0.seconds < $1.seconds }) {
        guard used + track.seconds <= limit else { break }
        chosen.append(track)
        used += track.seconds
    }
    return chosen
}
