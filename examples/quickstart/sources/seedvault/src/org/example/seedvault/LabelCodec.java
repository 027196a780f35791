// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2022 Tomasz Brandl

package org.example.seedvault;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Writes bag identifiers as short labels that survive smudged handwriting.
 *
 * <p>The alphabet leaves out letters that are easily confused. The last symbol
 * is a weighted check symbol: it catches every single wrong symbol and every
 * swap of two neighbours.
 */
public final class LabelCodec {

    // 29 symbols; a prime size makes the weighted checksum catch all swaps.
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY";
    private static final int BASE = ALPHABET.length();
    private static final int WIDTH = 6;
    private static final long CAPACITY = power(BASE, WIDTH);

    private LabelCodec() {}

    /** Encodes an identifier as six symbols followed by the check symbol. */
    public static String encode(long id) {
        if (id < 0 || id >= CAPACITY) {
            throw new IllegalArgumentException("identifier out of range: " + id);
        }
        char[] label = new char[WIDTH + 1];
        long rest = id;
        for (int i = WIDTH - 1; i >= 0; i--) {
            label[i] = ALPHABET.charAt((int) (rest % BASE));
            rest /= BASE;
        }
        label[WIDTH] = ALPHABET.charAt(checksum(label));
        return new String(label);
    }

    /** Decodes a label; empty if it is malformed or fails the check. */
    public static OptionalLong decode(String text) {
        String label = text.strip().replace("-", "").toUpperCase(Locale.ROOT);
        if (label.length() != WIDTH + 1) {
            return OptionalLong.empty();
        }
        long id = 0;
        for (int i = 0; i < WIDTH; i++) {
            int digit = ALPHABET.indexOf(label.charAt(i));
            if (digit < 0) {
                return OptionalLong.empty();
            }
            id = id * BASE + digit;
        }
        boolean intact = ALPHABET.charAt(checksum(label.toCharArray())) == label.charAt(WIDTH);
        return intact ? OptionalLong.of(id) : OptionalLong.empty();
    }

    private static int checksum(char[] label) {
        int sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            sum += (i + 2) * ALPHABET.indexOf(label[i]);
        }
        return sum % BASE;
    }

    private static long power(int base, int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result = Math.multiplyExact(result, base);
        }
        return result;
    }
}
