// SPDX-License-Identifier: MIT
// Copyright (c) 2023 Ines Okafor

package goexport

import (
	"errors"
	"math"
	"sort"
)

const earthRadiusKm = 6371.0

// ErrNoStations is returned when a lookup is made on an empty chart.
var ErrNoStations = errors.New("goexport: chart holds no stations")

// Station is a tide gauge with its position in decimal degrees.
type Station struct {
	Name     string
	Lat, Lon float64
}

// Chart keeps stations ordered by latitude, so that a search can stop as soon
// as the north-south distance alone exceeds the best match.
type Chart struct {
	stations []Station
}

// NewChart copies and sorts the given stations.
func NewChart(stations []Station) *Chart {
	own := append([]Station(nil), stations...)
	sort.Slice(own, func(i, j int) bool { return own[i].Lat < own[j].Lat })
	return &Chart{stations: own}
}

// Nearest finds the station closest to a position and its distance.
func (c *Chart) Nearest(lat, lon float64) (Station, float64, error) {
	if len(c.stations) == 0 {
		return Station{}, 0, ErrNoStations
	}
	start := sort.Search(len(c.stations), func(i int) bool {
		return c.stations[i].Lat >= lat
	})
	best, bestKm := Station{}, math.Inf(1)
	consider := func(s Station) (tooFar bool) {
		if math.Abs(s.Lat-lat)*math.Pi/180*earthRadiusKm > bestKm {
			return true
		}
		if km := distanceKm(lat, lon, s.Lat, s.Lon); km < bestKm {
			best, bestKm = s, km
		}
		return false
	}
	for i := start; i < len(c.stations); i++ {
		if consider(c.stations[i]) {
			break
		}
	}
	for i := start - 1; i >= 0; i-- {
		if consider(c.stations[i]) {
			break
		}
	}
	return best, bestKm, nil
}

// distanceKm is the great-circle distance by the haversine formula.
func distanceKm(lat1, lon1, lat2, lon2 float64) float64 {
	rad := func(deg float64) float64 { return deg * math.Pi / 180 }
	sinLat := math.Sin(rad(lat2-lat1) / 2)
	sinLon := math.Sin(rad(lon2-lon1) / 2)
	h := sinLat*sinLat + math.Cos(rad(lat1))*math.Cos(rad(lat2))*sinLon*sinLon
	return 2 * earthRadiusKm * math.Asin(math.Min(1, math.Sqrt(h)))
}
