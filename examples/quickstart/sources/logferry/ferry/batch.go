// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2022 Kwame Lindqvist

// Package ferry carries log lines from files to a collector.
package ferry

import (
	"context"
	"time"
)

// Limits bounds a batch by number of lines, by size and by age.
type Limits struct {
	Lines int
	Bytes int
	Age   time.Duration
}

// Batcher collects lines from in and sends batches to the returned channel.
// A batch leaves when any limit is reached. When in is closed the rest is sent
// and the channel closed, so nothing is lost in an orderly shutdown.
func Batcher(ctx context.Context, in <-chan []byte, limits Limits) <-chan [][]byte {
	out := make(chan [][]byte)
	go func() {
		defer close(out)
		var (
			batch    [][]byte
			size     int
			deadline <-chan time.Time
		)
		flush := func() bool {
			if len(batch) == 0 {
				return true
			}
			select {
			case out <- batch:
			case <-ctx.Done():
				return false
			}
			batch, size, deadline = nil, 0, nil
			return true
		}
		for {
			select {
			case <-ctx.Done():
				return
			case <-deadline:
				if !flush() {
					return
				}
			case line, open := <-in:
				if !open {
					flush()
					return
				}
				if size+len(line) > limits.Bytes && !flush() {
					return
				}
				if len(batch) == 0 {
					deadline = time.After(limits.Age)
				}
				batch = append(batch, line)
				size += len(line)
				if len(batch) >= limits.Lines && !flush() {
					return
				}
			}
		}
	}()
	return out
}
