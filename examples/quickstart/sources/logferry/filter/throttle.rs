// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2024 Hyejin Castellanos

//! Keeps one noisy program from filling the whole pipe.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Allowance of a single source: tokens drip in at a steady rate.
struct Bucket {
    tokens: f64,
    filled_at: Instant,
    dropped: u64,
}

pub struct Throttle {
    rate: f64,
    burst: f64,
    buckets: HashMap<String, Bucket>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    /// First line after a silence; says how many lines were swallowed.
    PassAfterDrop(u64),
    Drop,
}

impl Throttle {
    /// Allows `rate` lines per second and `burst` lines at once.
    pub fn new(rate: f64, burst: f64) -> Self {
        assert!(rate > 0.0 && burst >= 1.0, "throttle would never let anything pass");
        Throttle { rate, burst, buckets: HashMap::new() }
    }

    /// Decides about one line of `source` that was read at `now`.
    pub fn check(&mut self, source: &str, now: Instant) -> Verdict {
        let (rate, burst) = (self.rate, self.burst);
        let bucket = self
            .buckets
            .entry(source.to_owned())
            .or_insert(Bucket { tokens: burst, filled_at: now, dropped: 0 });

        let elapsed = now.saturating_duration_since(bucket.filled_at);
        bucket.tokens = (bucket.tokens + elapsed.as_secs_f64() * rate).min(burst);
        bucket.filled_at = now;

        if bucket.tokens < 1.0 {
            bucket.dropped += 1;
            return Verdict::Drop;
        }
        bucket.tokens -= 1.0;
        match std::mem::take(&mut bucket.dropped) {
            0 => Verdict::Pass,
            n => Verdict::PassAfterDrop(n),
        }
    }

    /// Forgets sources that have been quiet for `idle`, to bound the memory.
    /// Sources with unreported drops are kept until they have been reported.
    pub fn sweep(&mut self, now: Instant, idle: Duration) {
        self.buckets.retain(|_, bucket| {
            bucket.dropped > 0 || now.saturating_duration_since(bucket.filled_at) < idle
        });
    }
}
