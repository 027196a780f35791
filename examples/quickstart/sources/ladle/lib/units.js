// SPDX-License-Identifier: ISC
// Copyright (c) 2023 Beatriz Wanjiru
'use strict';

// Every unit knows its size in the base unit of its dimension.
const UNITS = {
  ml: { dimension: 'volume', size: 1 },
  tsp: { dimension: 'volume', size: 5 },
  tbsp: { dimension: 'volume', size: 15 },
  cup: { dimension: 'volume', size: 240 },
  l: { dimension: 'volume', size: 1000 },
  g: { dimension: 'mass', size: 1 },
  oz: { dimension: 'mass', size: 28.35 },
  kg: { dimension: 'mass', size: 1000 },
};

const ALIASES = { teaspoon: 'tsp', tablespoon: 'tbsp', litre: 'l', gram: 'g', ounce: 'oz' };

/** Canonical unit name for whatever the cook wrote, or undefined. */
function canonical(word) {
  const lower = word.toLowerCase().replace(/\.$/, '');
  for (const candidate of [lower, lower.replace(/s$/, '')]) {
    const name = ALIASES[candidate] ?? candidate;
    if (Object.hasOwn(UNITS, name)) return name;
  }
  return undefined;
}

/**
 * Converts between units. Volume and mass only meet if the density of the
 * ingredient in grams per millilitre is given.
 */
function convert(amount, from, to, density) {
  const source = UNITS[from];
  const target = UNITS[to];
  if (!source || !target) throw new RangeError(`unknown unit ${source ? to : from}`);
  let base = amount * source.size;
  if (source.dimension !== target.dimension) {
    if (!(density > 0)) throw new RangeError(`${from} to ${to} needs a density`);
    base = source.dimension === 'volume' ? base * density : base / density;
  }
  return base / target.size;
}

/** Picks the unit of the same dimension that gives the handiest number. */
function handiest(amount, unit) {
  const { dimension } = UNITS[unit];
  const options = Object.keys(UNITS)
    .filter((name) => UNITS[name].dimension === dimension)
    .map((name) => ({ unit: name, amount: convert(amount, unit, name) }));
  // The largest unit that still yields at least one; else the smallest unit.
  const fitting = options.filter((option) => option.amount >= 1);
  return fitting.length > 0
    ? fitting.reduce((a, b) => (b.amount < a.amount ? b : a))
    : options.reduce((a, b) => (b.amount > a.amount ? b : a));
}

module.exports = { canonical, convert, handiest };
