// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2022 Tomasz Brandl

package org.example.seedvault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds all accessions of a vault and hands out seed, oldest bag first. */
public final class Inventory {

    /** How many seeds were drawn from which accession. */
    public record Draw(String accession, int seeds) {}

    /** Thrown when a request is larger than what may be given away. */
    public static final class ShortageException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int missing;

        ShortageException(String species, int missing) {
            super(missing + " seeds of " + species + " are missing");
            this.missing = missing;
        }

        public int missing() {
            return missing;
        }
    }

    private static final Comparator<Accession> OLDEST_FIRST =
            Comparator.comparing(Accession::collected).thenComparing(Accession::number);

    private final Map<String, Accession> byNumber = new LinkedHashMap<>();
    private final int reservePerBag;

    /**
     * @param reservePerBag seeds that must stay in every bag for regeneration
     */
    public Inventory(int reservePerBag) {
        if (reservePerBag < 0) {
            throw new IllegalArgumentException("reserve must not be negative");
        }
        this.reservePerBag = reservePerBag;
    }

    public void add(Accession accession) {
        if (byNumber.putIfAbsent(accession.number(), accession) != null) {
            throw new IllegalStateException("duplicate number " + accession.number());
        }
    }

    /**
     * Draws seeds from as many bags as needed. Either the whole request is served
     * or nothing changes.
     */
    public List<Draw> withdraw(String species, int wanted) throws ShortageException {
        List<Accession> bags = byNumber.values().stream()
                .filter(a -> a.species().equalsIgnoreCase(species))
                .sorted(OLDEST_FIRST)
                .toList();
        List<Draw> plan = new ArrayList<>();
        int open = wanted;
        for (Accession bag : bags) {
            int take = Math.min(open, Math.max(0, bag.seeds() - reservePerBag));
            if (take > 0) {
                plan.add(new Draw(bag.number(), take));
                open -= take;
            }
        }
        if (open > 0) {
            throw new ShortageException(species, open);
        }
        plan.forEach(d -> byNumber.computeIfPresent(d.accession(), (n, a) -> a.minus(d.seeds())));
        return plan;
    }

    /** Total seed count for each genus, in alphabetical order. */
    public Map<String, Integer> totalsByGenus() {
        return byNumber.values().stream().collect(Collectors.groupingBy(
                Accession::genus, TreeMap::new, Collectors.summingInt(Accession::seeds)));
    }

    public Collection<Accession> accessions() {
        return List.copyOf(byNumber.values());
    }
}
