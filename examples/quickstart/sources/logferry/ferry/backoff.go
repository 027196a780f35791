// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2022 Kwame Lindqvist

package ferry

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"time"
)

// Permanent wraps an error that no amount of retrying will cure.
type Permanent struct{ Err error }

func (p Permanent) Error() string { return p.Err.Error() }
func (p Permanent) Unwrap() error { return p.Err }

// Backoff describes how long to wait between attempts.
type Backoff struct {
	First    time.Duration
	Ceiling  time.Duration
	Attempts int

	// Rand may be set in tests; it must return a number in [0, 1).
	Rand func() float64
}

// delay doubles with every attempt up to the ceiling and then picks a random
// point in the upper half, so that a fleet of shippers does not reconnect in
// lock-step after an outage.
func (b Backoff) delay(attempt int) time.Duration {
	pause := b.First
	for i := 0; i < attempt && pause < b.Ceiling; i++ {
		pause *= 2
	}
	if pause > b.Ceiling {
		pause = b.Ceiling
	}
	roll := b.Rand
	if roll == nil {
		roll = rand.Float64
	}
	half := pause / 2
	return half + time.Duration(roll()*float64(half))
}

// Do calls send until it succeeds, fails permanently, runs out of attempts or
// the context ends.
func (b Backoff) Do(ctx context.Context, send func(context.Context) error) error {
	var last error
	for attempt := 0; attempt < b.Attempts; attempt++ {
		last = send(ctx)
		if last == nil {
			return nil
		}
		var permanent Permanent
		if errors.As(last, &permanent) {
			return permanent.Err
		}
		if attempt == b.Attempts-1 {
			break
		}
		timer := time.NewTimer(b.delay(attempt))
		select {
		case <-ctx.Done():
			timer.Stop()
			return errors.Join(ctx.Err(), last)
		case <-timer.C:
		}
	}
	return fmt.Errorf("gave up after %d attempts: %w", b.Attempts, last)
}
