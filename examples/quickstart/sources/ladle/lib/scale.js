// SPDX-License-Identifier: ISC
// Copyright (c) 2023 Beatriz Wanjiru
'use strict';

const { Fraction } = require('./fraction');
const { parseIngredient, formatIngredient } = require('./ingredient');

// Some things do not grow with the pot. The exponent says how strongly an
// ingredient follows the number of servings.
const GENTLE = [
  { pattern: /\b(salt|chili|cayenne)\b/i, exponent: 0.8 },
  { pattern: /\b(yeast|baking powder)\b/i, exponent: 0.9 },
  { pattern: /\b(bay leaf|bay leaves|cinnamon stick)\b/i, exponent: 0.5 },
];

function gentleFactor(name, factor) {
  const rule = GENTLE.find(({ pattern }) => pattern.test(name));
  if (!rule) return null;
  const hundredths = Math.round(100 * factor ** rule.exponent);
  return new Fraction(hundredths, 100);
}

/**
 * Rewrites the ingredient lines of a recipe for another number of guests.
 *
 * @param {{ serves: number, ingredients: string[] }} recipe
 * @param {number} guests
 * @returns {{ serves: number, ingredients: string[], warnings: string[] }}
 */
function scaleRecipe(recipe, guests) {
  if (!Number.isInteger(guests) || guests < 1) {
    throw new RangeError('the number of guests must be a positive integer');
  }
  const exact = new Fraction(guests, recipe.serves);
  const factor = guests / recipe.serves;
  const warnings = [];

  const ingredients = recipe.ingredients.map((line) => {
    const item = parseIngredient(line);
    if (item.amount === null) return line;
    const scaled = item.amount.times(gentleFactor(item.name, factor) ?? exact);
    const amount = scaled.toSpoonable();
    if (amount.n === 0) {
      warnings.push(`${item.name}: less than a pinch is left`);
      return formatIngredient({ ...item, amount: null, unit: 'pinch' });
    }
    if (/\beggs?\b/i.test(item.name) && amount.d !== 1) {
      warnings.push(`${item.name}: beat one and use part of it`);
    }
    return formatIngredient({ ...item, amount });
  });
  return { serves: guests, ingredients, warnings };
}

module.exports = { scaleRecipe };
