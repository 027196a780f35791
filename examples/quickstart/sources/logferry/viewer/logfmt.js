// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2024 Hyejin Castellanos
'use strict';

/**
 * Parses one line of key=value pairs into a Map.
 *
 * Values may be bare words or double-quoted strings with backslash escapes. A
 * key without a value counts as a flag and maps to true. When a key occurs
 * twice the last value wins, but keeps the position of the first.
 *
 * @param {string} line
 * @returns {Map<string, string|true>}
 */
function parseLine(line) {
  const fields = new Map();
  let at = 0;

  const skipBlanks = () => {
    while (line[at] === ' ' || line[at] === '\t') at += 1;
  };
  const takeUntil = (stops) => {
    const from = at;
    while (at < line.length && !stops.includes(line[at])) at += 1;
    return line.slice(from, at);
  };
  const takeQuoted = () => {
    let text = '';
    at += 1;
    while (at < line.length && line[at] !== '"') {
      if (line[at] === '\\' && at + 1 < line.length) {
        at += 1;
        text += { n: '\n', t: '\t' }[line[at]] ?? line[at];
      } else {
        text += line[at];
      }
      at += 1;
    }
    if (at >= line.length) throw new SyntaxError('quoted value is not closed');
    at += 1;
    return text;
  };

  for (skipBlanks(); at < line.length; skipBlanks()) {
    const key = takeUntil('= \t');
    if (key === '') throw new SyntaxError(`no key before column ${at + 1}`);
    if (line[at] !== '=') {
      fields.set(key, true);
      continue;
    }
    at += 1;
    fields.set(key, line[at] === '"' ? takeQuoted() : takeUntil(' \t'));
  }
  return fields;
}

/** Inverse of parseLine; quotes only where it is needed. */
function formatLine(fields) {
  return [...fields]
    .map(([key, value]) => {
      if (value === true) return key;
      if (value !== '' && !/[\s"\\=]/.test(value)) return `${key}=${value}`;
      const escaped = value
        .replace(/["\\]/g, '\\$&')
        .replace(/\n/g, '\\n')
        .replace(/\t/g, '\\t');
      return `${key}="${escaped}"`;
    })
    .join(' ');
}

module.exports = { parseLine, formatLine };
