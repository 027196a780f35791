package org.seedwright.pipelines.experiment;

import static java.util.stream.Collectors.joining;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** A budget in dollars cannot be kept where it is not known what a teacher costs. */
final class MissingPrices {
  private static final String RANGE = "a mapping of keys";

  private MissingPrices() {}

  /** Adds a problem for each teacher that is asked for money without a price under a budget. */
  static void refuse(Experiment experiment, Value<Map<TeacherRole, TeacherConfig>> teachers) {
    if (experiment.limits().budgetUsd().isEmpty() || teachers.read().isEmpty()) {
      return;
    }
    Map<TeacherRole, Set<TeacherRole>> unpriced = new EnumMap<>(TeacherRole.class);
    for (TeacherRole role : experiment.asked()) {
      TeacherConfig teacher = experiment.teacher(role);
      if (teacher.sends() && teacher.price().isEmpty()) {
        unpriced.computeIfAbsent(experiment.player(role), player -> new TreeSet<>()).add(role);
      }
    }
    unpriced.forEach((player, roles) -> refuse(player, roles, teachers));
  }

  private static void refuse(
      TeacherRole player, Set<TeacherRole> roles, Value<Map<TeacherRole, TeacherConfig>> teachers) {
    teachers
        .given()
        .ifPresent(
            field -> {
              // Looked at once more for the line alone: its problems are on the list already.
              Field teacher =
                  Field.of((MappingNode) field.value(), field.place().muted()).get(player.id());
              if (teacher == null) {
                return;
              }
              new Place(
                      field.place().binding(),
                      teacher.place().path() + ".price",
                      teacher.place().line())
                  .refuse(
                      "",
                      RANGE,
                      "is missing: limits.budget-usd needs the price of every teacher that is"
                          + " asked, and this one plays "
                          + roles.stream().map(TeacherRole::id).collect(joining(", ")));
            });
  }
}
