// SPDX-License-Identifier: ISC
// Copyright (c) 2023 Beatriz Wanjiru
'use strict';

const { Fraction } = require('./fraction');
const { canonical } = require('./units');

const AMOUNT = /^(\d+\s+\d+\/\d+|\d+\/\d+|\d+)\s*/;

/**
 * Splits a line such as "1 1/2 cups rye flour, sifted (optional)" into parts.
 *
 * Lines without an amount ("salt to taste") are kept as they are and are not
 * scaled later on.
 */
function parseIngredient(line) {
  let rest = line.trim().replace(/\s+/g, ' ');

  const optional = /\(optional\)/i.test(rest);
  rest = rest.replace(/\s*\(optional\)/i, '');

  let note = null;
  const comma = rest.indexOf(',');
  if (comma >= 0) {
    note = rest.slice(comma + 1).trim();
    rest = rest.slice(0, comma).trim();
  }

  const match = AMOUNT.exec(rest);
  if (!match) return { amount: null, unit: null, name: rest, note, optional };
  rest = rest.slice(match[0].length);

  const [word, ...others] = rest.split(' ');
  const unit = others.length > 0 ? canonical(word) ?? null : null;
  const name = (unit ? others.join(' ') : rest).replace(/^of /, '');
  return { amount: Fraction.parse(match[1]), unit, name, note, optional };
}

/** Puts the parts back together, the way a cook would write them. */
function formatIngredient({ amount, unit, name, note, optional }) {
  const plural = unit === 'cup' && amount && amount.n > amount.d ? 's' : '';
  const head = [amount && amount.toString(), unit && unit + plural, name];
  const tail = [note ? `, ${note}` : '', optional ? ' (optional)' : ''];
  return head.filter(Boolean).join(' ') + tail.join('');
}

module.exports = { parseIngredient, formatIngredient };
