package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seedwright.pipelines.experiment.AblateConfig.Axis;
import org.seedwright.pipelines.experiment.AblateConfig.Choice;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Everything that an experiment file asks for: one experiment, or, with {@code ablate}, one for
 * each cell of a grid; with {@code subset}, also parts of the data set of each. A cell is the file
 * with the cell's values in the place of its own; it is bound and checked like a file without
 * {@code ablate}.
 *
 * @param cells at least one; the first key of {@code ablate} changes slowest
 */
public record ExperimentGrid(List<ExperimentCell> cells) {
  /** The cell with all rows, beside those with parts of them. */
  private static final String WHOLE = "whole";

  public ExperimentGrid {
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("an experiment file asks for one experiment at least");
    }
  }

  /** Returns whether the file asks for one experiment, without any cell. */
  public boolean isSingle() {
    return cells.get(0).name().isEmpty();
  }

  /**
   * Returns the first experiment; file, name and limits are the same in all of them, and where the
   * file asks for one only, this is it.
   */
  public Experiment first() {
    return cells.get(0).experiment();
  }

  /**
   * Reads an experiment file. Nothing is written and nobody is asked; that folders and files exist
   * is checked.
   *
   * @param vocabulary the ids that the file may name
   * @throws ExperimentException with every problem of the file, ordered by line
   */
  public static ExperimentGrid read(Path file, Vocabulary vocabulary) throws ExperimentException {
    return read(
        file,
        vocabulary,
        name -> Optional.ofNullable(System.getenv(name)),
        Path.of(System.getProperty("user.home")));
  }

  static ExperimentGrid read(
      Path file, Vocabulary vocabulary, Function<String, Optional<String>> environment, Path home)
      throws ExperimentException {
    MappingNode root = ExperimentFile.read(file);
    Path folder = requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    var reading =
        new Reading(
            file,
            new Binding(file.toString(), folder, home, vocabulary, environment, new ArrayList<>()));
    Optional<NodeTuple> ablate = tuple(root, AblateConfig.KEY);
    if (ablate.isEmpty()) {
      Experiment experiment = reading.bind(root);
      refuse(reading.binding.problems());
      return reading.parts(root, List.of(new ExperimentCell("", Map.of(), experiment)));
    }
    return reading.parts(root, reading.grid(root, ablate.get()));
  }

  private static void refuse(List<Problem> problems) throws ExperimentException {
    if (!problems.isEmpty()) {
      // Binding goes feature by feature; the reader goes through the file.
      problems.sort(Comparator.comparingInt(Problem::line));
      throw new ExperimentException(problems);
    }
  }

  /** One file being read. */
  private record Reading(Path file, Binding binding) {
    Experiment bind(MappingNode root) {
      Section section = Section.of(root, new Place(binding, "", 1));
      Experiment experiment = Experiment.bind(section, file);
      section.refuseUnknownKeys();
      return experiment;
    }

    /** Puts the parts of each cell behind it, where the file names some. */
    ExperimentGrid parts(MappingNode root, List<ExperimentCell> cells) {
      Optional<NodeTuple> subset = tuple(root, SubsetConfig.KEY);
      if (subset.isEmpty()) {
        return new ExperimentGrid(cells);
      }
      // Its problems were told when the cells were bound.
      List<SubsetConfig> parts =
          SubsetConfig.kind()
              .read(subset.get().getValueNode(), new Place(binding.muted(), "", 1))
              .orElseThrow();
      var all = new ArrayList<ExperimentCell>();
      for (ExperimentCell cell : cells) {
        all.add(
            cell.name().isEmpty()
                ? new ExperimentCell(WHOLE, cell.values(), cell.experiment())
                : cell);
        parts.forEach(part -> all.add(cell.part(part)));
      }
      return new ExperimentGrid(all);
    }

    List<ExperimentCell> grid(MappingNode root, NodeTuple ablate) throws ExperimentException {
      Place place =
          new Place(binding, "", 1).key(AblateConfig.KEY, (ScalarNode) ablate.getKeyNode());
      Optional<AblateConfig> grid = AblateConfig.kind().read(ablate.getValueNode(), place);
      MappingNode base = without(root, AblateConfig.KEY);
      if (grid.isEmpty()) {
        // A key that the grid gives need not be in the file, so what is missing is no news.
        var own = new Reading(file, binding.withProblems(new ArrayList<>()));
        var unused = own.bind(base);
        own.binding.problems().stream()
            .filter(problem -> !problem.message().startsWith("is missing"))
            .forEach(binding.problems()::add);
        refuse(binding.problems());
      }
      return cells(base, grid.orElseThrow());
    }

    private List<ExperimentCell> cells(MappingNode base, AblateConfig grid)
        throws ExperimentException {
      CellNames names = CellNames.of(grid);
      var cells = new ArrayList<ExperimentCell>();
      Map<Problem, List<String>> problems = new LinkedHashMap<>();
      for (List<Integer> chosen : combinations(grid.axes())) {
        String name = names.name(chosen, cells.size() + 1);
        var values = new LinkedHashMap<String, Object>();
        var here = new Reading(file, binding.withProblems(new ArrayList<>()));
        MappingNode root = base;
        for (int i = 0; i < chosen.size(); i++) {
          Axis axis = grid.axes().get(i);
          Choice choice = axis.values().get(chosen.get(i));
          values.put(axis.path(), choice.plain());
          root = with(root, axis, axis.keys(), choice.node(), here.binding);
        }
        cells.add(new ExperimentCell(name, values, here.bind(root)));
        here.binding.problems().stream()
            .distinct()
            .forEach(
                problem -> problems.computeIfAbsent(problem, key -> new ArrayList<>()).add(name));
      }
      problems.forEach(
          (problem, where) ->
              binding
                  .problems()
                  .add(where.size() == cells.size() ? problem : problem.inCell(where.get(0))));
      refuse(binding.problems());
      return cells;
    }
  }

  private static List<List<Integer>> combinations(List<Axis> axes) {
    List<List<Integer>> all = List.of(List.of());
    for (Axis axis : axes) {
      var longer = new ArrayList<List<Integer>>();
      for (List<Integer> begun : all) {
        for (int i = 0; i < axis.values().size(); i++) {
          var one = new ArrayList<>(begun);
          one.add(i);
          longer.add(Collections.unmodifiableList(one));
        }
      }
      all = longer;
    }
    return all;
  }

  private static Optional<NodeTuple> tuple(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode node && node.getValue().equals(key))
        .findFirst();
  }

  private static MappingNode without(MappingNode mapping, String key) {
    return copy(
        mapping,
        mapping.getValue().stream()
            .filter(
                tuple ->
                    !(tuple.getKeyNode() instanceof ScalarNode node && node.getValue().equals(key)))
            .toList());
  }

  /** Returns the mapping with a value at a path, the mappings on the way made where absent. */
  private static MappingNode with(
      MappingNode mapping, Axis axis, List<String> path, Node value, Binding binding) {
    String key = path.get(0);
    Optional<NodeTuple> was = tuple(mapping, key);
    Node inner = value;
    if (path.size() > 1) {
      Node child = was.map(NodeTuple::getValueNode).orElse(empty(value));
      if (!(child instanceof MappingNode further)) {
        new Place(binding, AblateConfig.KEY + "." + axis.path(), axis.place().line())
            .refuse(
                "", "a key in a mapping", "does not fit: %s is no mapping of keys".formatted(key));
        return mapping;
      }
      inner = with(further, axis, path.subList(1, path.size()), value, binding);
    }
    var tuples = new ArrayList<>(mapping.getValue());
    var tuple =
        new NodeTuple(
            was.map(NodeTuple::getKeyNode)
                .orElseGet(
                    () ->
                        new ScalarNode(
                            Tag.STR,
                            true,
                            key,
                            ScalarStyle.PLAIN,
                            value.getStartMark(),
                            value.getEndMark())),
            inner);
    if (was.isPresent()) {
      tuples.set(tuples.indexOf(was.get()), tuple);
    } else {
      tuples.add(tuple);
    }
    return copy(mapping, tuples);
  }

  private static MappingNode empty(Node like) {
    return new MappingNode(
        Tag.MAP, true, new ArrayList<>(), FlowStyle.BLOCK, like.getStartMark(), like.getEndMark());
  }

  private static MappingNode copy(MappingNode mapping, List<NodeTuple> tuples) {
    return new MappingNode(
        mapping.getTag(),
        true,
        new ArrayList<>(tuples),
        mapping.getFlowStyle(),
        mapping.getStartMark(),
        mapping.getEndMark());
  }
}
