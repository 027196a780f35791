from dataclasses import dataclass


@dataclass(frozen=True)
class Station:
    name: str
    latitude: float
    longitude: float


def nearest(stations, latitude, longitude):
    def squared(station):
        return (station.latitude - latitude) ** 2 + (station.longitude - longitude) ** 2

    return min(stations, key=squared)
