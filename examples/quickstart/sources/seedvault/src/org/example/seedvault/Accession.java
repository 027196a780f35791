// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2022 Tomasz Brandl

package org.example.seedvault;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;

/**
 * One bag of seed collected at one place on one day.
 *
 * <p>Accessions never change. Taking seed out produces a new accession with the
 * same number and a smaller count, so that the history can be replayed.
 */
public record Accession(String number, String species, LocalDate collected, int seeds) {

    public Accession {
        Objects.requireNonNull(collected, "collected");
        if (number == null || !number.matches("[A-Z]{2}-\\d{4,6}")) {
            throw new IllegalArgumentException("bad accession number: " + number);
        }
        if (seeds < 0) {
            throw new IllegalArgumentException("seed count below zero in " + number);
        }
        species = normalise(species);
    }

    /** Returns the accession after {@code taken} seeds have left the vault. */
    public Accession minus(int taken) {
        if (taken < 0 || taken > seeds) {
            throw new IllegalArgumentException(
                    "cannot take " + taken + " of " + seeds + " seeds from " + number);
        }
        return new Accession(number, species, collected, seeds - taken);
    }

    public boolean isExhausted() {
        return seeds == 0;
    }

    /** The first word of the species name. */
    public String genus() {
        int space = species.indexOf(' ');
        return space < 0 ? species : species.substring(0, space);
    }

    /**
     * Botanical names are written with a capital genus and a lower-case epithet,
     * whatever the field worker typed.
     */
    private static String normalise(String raw) {
        String clean = raw == null ? "" : raw.strip().replaceAll("\\s+", " ");
        if (clean.isEmpty()) {
            throw new IllegalArgumentException("species is missing");
        }
        String lower = clean.toLowerCase(Locale.ROOT);
        return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }
}
