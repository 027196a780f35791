//! Priority queue for a discrete-event simulation.
//!
//! Events at the same instant leave in the order in which they were scheduled.
//! Cancelled events stay in the heap and are skipped when they surface.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(u64);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry<E> {
    at: u64,
    ticket: Ticket,
    event: E,
}

pub struct EventQueue<E: Ord> {
    heap: BinaryHeap<Reverse<Entry<E>>>,
    pending: HashSet<Ticket>,
    now: u64,
    issued: u64,
}

impl<E: Ord> Default for EventQueue<E> {
    fn default() -> Self {
        EventQueue { heap: BinaryHeap::new(), pending: HashSet::new(), now: 0, issued: 0 }
    }
}

impl<E: Ord> EventQueue<E> {
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Schedules an event `delay` steps from now.
    pub fn after(&mut self, delay: u64, event: E) -> Ticket {
        let ticket = Ticket(self.issued);
        self.issued += 1;
        self.pending.insert(ticket);
        self.heap.push(Reverse(Entry { at: self.now + delay, ticket, event }));
        ticket
    }

    /// Returns false if the event has already run or was cancelled before.
    pub fn cancel(&mut self, ticket: Ticket) -> bool {
        self.pending.remove(&ticket)
    }

    /// Moves the clock to the next live event and hands it out.
    pub fn pop(&mut self) -> Option<(u64, E)> {
        while let Some(Reverse(entry)) = self.heap.pop() {
            if self.pending.remove(&entry.ticket) {
                self.now = entry.at;
                return Some((entry.at, entry.event));
            }
        }
        None
    }
}
