// SPDX-License-Identifier: MIT
// Copyright (c) 2023 Ines Okafor

// Package goexport turns tide predictions into files for other programs.
package goexport

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

const stampLayout = "20060102T150405Z"

// Turn is a single high or low water.
type Turn struct {
	At     time.Time
	Metres float64
	High   bool
}

// foldLimit is the longest content line a calendar reader must accept.
const foldLimit = 75

// fold splits a line into chunks of at most foldLimit bytes and marks each
// continuation with a leading space. It never cuts through a rune.
func fold(line string) string {
	var out strings.Builder
	width := 0
	for _, r := range line {
		size := utf8.RuneLen(r)
		if width+size > foldLimit {
			out.WriteString("\r\n ")
			width = 1
		}
		out.WriteRune(r)
		width += size
	}
	return out.String()
}

// escape protects the characters with a meaning in calendar text values.
func escape(text string) string {
	return strings.NewReplacer(
		`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`,
	).Replace(text)
}

// WriteCalendar writes one event per turn. All times are converted to UTC, so
// the calendar needs no time-zone block.
func WriteCalendar(w io.Writer, station string, turns []Turn) error {
	buf := bufio.NewWriter(w)
	emit := func(format string, args ...any) {
		buf.WriteString(fold(fmt.Sprintf(format, args...)))
		buf.WriteString("\r\n")
	}

	emit("BEGIN:VCALENDAR")
	emit("VERSION:2.0")
	emit("PRODID:-//tidebook//%s", escape(station))
	for i, t := range turns {
		label := "Low water"
		if t.High {
			label = "High water"
		}
		stamp := t.At.UTC().Format(stampLayout)
		emit("BEGIN:VEVENT")
		emit("UID:%s-%d@tides.example.org", stamp, i)
		emit("DTSTART:%s", stamp)
		emit("SUMMARY:%s %.1f m\\, %s", label, t.Metres, escape(station))
		emit("END:VEVENT")
	}
	emit("END:VCALENDAR")
	return buf.Flush()
}
