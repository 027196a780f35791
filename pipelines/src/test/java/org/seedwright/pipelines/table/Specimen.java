package org.seedwright.pipelines.table;

import java.util.List;
import java.util.Optional;

/** A row with a component of every kind, alone and inside the others. */
record Specimen(
    String id,
    int petals,
    long serial,
    double weight,
    boolean alive,
    Habit habit,
    Place foundAt,
    Optional<String> note,
    Optional<Integer> age,
    Optional<Long> accession,
    Optional<Double> height,
    Optional<Boolean> poisonous,
    Optional<Habit> formerHabit,
    Optional<Place> keptAt,
    List<String> names,
    List<Integer> whorls,
    List<Place> sightings,
    List<List<Long>> plots) {
  enum Habit {
    TREE,
    CLIMBING_SHRUB
  }

  record Place(String name, Optional<Double> altitude, List<String> remarks) {}

  Specimen {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a specimen needs an id");
    }
  }

  /** A specimen of which nothing optional is known. */
  static Specimen bare(String id) {
    return new Specimen(
        id,
        0,
        0,
        0,
        false,
        Habit.TREE,
        new Place("", Optional.empty(), List.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  Specimen withId(String other) {
    return new Specimen(
        other,
        petals,
        serial,
        weight,
        alive,
        habit,
        foundAt,
        note,
        age,
        accession,
        height,
        poisonous,
        formerHabit,
        keptAt,
        names,
        whorls,
        sightings,
        plots);
  }
}
