// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2024 Hyejin Castellanos

/**
 * Merges several asynchronous log streams into one, ordered by timestamp.
 *
 * Each stream must be ordered in itself. Only one entry per stream is held in
 * memory, therefore files larger than the memory can be merged as well.
 *
 * @template T
 * @param {AsyncIterable<T>[]} streams
 * @param {(entry: T) => number} timeOf
 */
export async function* mergeStreams(streams, timeOf) {
  const sources = streams.map((stream) => stream[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(sources.map((source) => source.next()));
    for (;;) {
      let first = -1;
      heads.forEach((head, index) => {
        if (head.done) return;
        // A strict comparison keeps equal timestamps in stream order.
        if (first < 0 || timeOf(head.value) < timeOf(heads[first].value)) {
          first = index;
        }
      });
      if (first < 0) return;
      yield heads[first].value;
      heads[first] = await sources[first].next();
    }
  } finally {
    await Promise.all(sources.map((source) => source.return?.()));
  }
}

/** Collapses runs of entries with the same message into one with a count. */
export async function* collapseRepeats(entries) {
  let held = null;
  for await (const entry of entries) {
    if (held && held.message === entry.message) {
      held = { ...held, count: held.count + 1, until: entry.time };
      continue;
    }
    if (held) yield held;
    held = { ...entry, count: 1, until: entry.time };
  }
  if (held) yield held;
}
