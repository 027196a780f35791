package org.seedwright.pipelines.table;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.seedwright.pipelines.table.Specimen.Habit;
import org.seedwright.pipelines.table.Specimen.Place;

/** Specimens of every sort, for properties. */
final class Specimens {
  private Specimens() {}

  /** Text of any Unicode characters, the odd ones often, without halves of surrogate pairs. */
  static Arbitrary<String> text() {
    Arbitrary<Integer> odd =
        Arbitraries.of(
            0, 1, 8, 9, 10, 13, 31, 0x22, 0x5c, 0x2f, 0x7f, 0x80, 0x2028, 0xfb33, 0xffff, 0x10000,
            0x1f600, 0x10ffff);
    Arbitrary<Integer> any =
        Arbitraries.integers().between(0, 0x10ffff).filter(c -> c < 0xd800 || c > 0xdfff);
    return Arbitraries.oneOf(odd, any, Arbitraries.integers().between(' ', '~'))
        .list()
        .ofMaxSize(8)
        .map(
            characters -> {
              var text = new StringBuilder();
              characters.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  /** Finite numbers without -0, which JSON does not tell from 0. */
  static Arbitrary<Double> number() {
    return Arbitraries.longs()
        .map(Double::longBitsToDouble)
        .filter(number -> Double.isFinite(number) && Double.compare(number, -0.0) != 0);
  }

  static Arbitrary<Place> place() {
    return Combinators.combine(text(), optional(number()), text().list().ofMaxSize(3))
        .as(Place::new);
  }

  static Arbitrary<Specimen> any() {
    Arbitrary<Specimen> plain =
        Combinators.combine(
                text().filter(id -> !id.isEmpty()),
                Arbitraries.integers(),
                Arbitraries.longs(),
                number(),
                Arbitraries.of(true, false),
                Arbitraries.of(Habit.class),
                place())
            .as(
                (id, petals, serial, weight, alive, habit, place) ->
                    new Specimen(
                        id,
                        petals,
                        serial,
                        weight,
                        alive,
                        habit,
                        place,
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
                        List.of()));
    Arbitrary<Specimen> withOptionals =
        Combinators.combine(
                plain,
                optional(text()),
                optional(Arbitraries.integers()),
                optional(Arbitraries.longs()),
                optional(number()),
                optional(Arbitraries.of(true, false)),
                optional(Arbitraries.of(Habit.class)),
                optional(place()))
            .as(Specimens::withOptionals);
    return Combinators.combine(
            withOptionals,
            text().list().ofMaxSize(3),
            Arbitraries.integers().list().ofMaxSize(3),
            place().list().ofMaxSize(3),
            Arbitraries.longs().list().ofMaxSize(3).list().ofMaxSize(3))
        .as(Specimens::withLists);
  }

  private static <T> Arbitrary<Optional<T>> optional(Arbitrary<T> value) {
    return value.optional(0.6);
  }

  private static Specimen withOptionals(
      Specimen row,
      Optional<String> note,
      Optional<Integer> age,
      Optional<Long> accession,
      Optional<Double> height,
      Optional<Boolean> poisonous,
      Optional<Habit> formerHabit,
      Optional<Place> keptAt) {
    return new Specimen(
        row.id(),
        row.petals(),
        row.serial(),
        row.weight(),
        row.alive(),
        row.habit(),
        row.foundAt(),
        note,
        age,
        accession,
        height,
        poisonous,
        formerHabit,
        keptAt,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Specimen withLists(
      Specimen row,
      List<String> names,
      List<Integer> whorls,
      List<Place> sightings,
      List<List<Long>> plots) {
    return new Specimen(
        row.id(),
        row.petals(),
        row.serial(),
        row.weight(),
        row.alive(),
        row.habit(),
        row.foundAt(),
        row.note(),
        row.age(),
        row.accession(),
        row.height(),
        row.poisonous(),
        row.formerHabit(),
        row.keptAt(),
        names,
        whorls,
        sightings,
        plots);
  }
}
