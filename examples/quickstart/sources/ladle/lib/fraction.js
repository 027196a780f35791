// SPDX-License-Identifier: ISC
// Copyright (c) 2023 Beatriz Wanjiru
'use strict';

const VULGAR = new Map([
  ['1/2', '\u00bd'], ['1/3', '\u2153'], ['2/3', '\u2154'],
  ['1/4', '\u00bc'], ['3/4', '\u00be'], ['1/8', '\u215b'],
]);

function gcd(a, b) {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

/** An exact amount: a third of a cup times three has to be one cup. */
class Fraction {
  constructor(numerator, denominator = 1) {
    if (!Number.isInteger(numerator) || !Number.isInteger(denominator)) {
      throw new TypeError('fractions are built from integers');
    }
    if (denominator === 0) throw new RangeError('denominator is zero');
    const shared = gcd(numerator, denominator) * Math.sign(denominator);
    this.n = numerator / shared;
    this.d = denominator / shared;
    Object.freeze(this);
  }

  /** Reads "2", "3/4" and "1 1/2". */
  static parse(text) {
    const match = /^(?:(\d+)\s+)?(\d+)(?:\/(\d+))?$/.exec(text.trim());
    if (!match || (match[1] && !match[3])) {
      throw new SyntaxError(`not an amount: ${text}`);
    }
    const [, whole = '0', top, bottom = '1'] = match;
    return new Fraction(Number(top), Number(bottom)).plus(new Fraction(Number(whole)));
  }

  plus(other) {
    return new Fraction(this.n * other.d + other.n * this.d, this.d * other.d);
  }

  times(other) {
    return new Fraction(this.n * other.n, this.d * other.d);
  }

  /** Closest fraction whose denominator a measuring spoon can show. */
  toSpoonable(denominators = [1, 2, 3, 4, 8]) {
    const value = this.n / this.d;
    let best = null;
    for (const d of denominators) {
      const n = Math.round(value * d);
      const miss = Math.abs(value - n / d);
      if (best === null || miss < best.miss - 1e-9) best = { n, d, miss };
    }
    return new Fraction(best.n, best.d);
  }

  toString() {
    const whole = Math.trunc(this.n / this.d);
    const rest = Math.abs(this.n % this.d);
    if (rest === 0) return String(whole);
    const part = VULGAR.get(`${rest}/${this.d}`) ?? `${rest}/${this.d}`;
    return whole === 0 ? `${this.n < 0 ? '-' : ''}${part}` : `${whole} ${part}`;
  }
}

module.exports = { Fraction };
