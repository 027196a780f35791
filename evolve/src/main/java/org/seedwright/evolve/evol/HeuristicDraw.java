package org.seedwright.evolve.evol;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.seedwright.evolve.Draw;

/**
 * Draws the heuristic for the next attempt at an instruction, uniformly among those that were not
 * tried on it; once all were, all are open again.
 *
 * <p>WizardCoder does not say how it draws; evol-teacher draws uniformly. The draw depends on run
 * seed, parent, round and attempt alone.
 *
 * @param heuristics what to draw from
 */
public record HeuristicDraw(Heuristics heuristics) implements Serializable {
  /**
   * Returns the heuristic for the attempt after those in {@code tried}.
   *
   * @param runSeed the run's seed
   * @param parentId id of the instruction that is to evolve
   * @param round from 1
   * @param tried ids of the heuristics tried on this instruction, oldest first
   * @throws IllegalArgumentException when an id in {@code tried} is unknown
   */
  public Heuristic draw(long runSeed, String parentId, int round, List<String> tried) {
    List<Heuristic> all = heuristics.all();
    tried.forEach(heuristics::named);
    int inThisTurn = tried.size() % all.size();
    List<String> closed = tried.subList(tried.size() - inThisTurn, tried.size());
    List<Heuristic> open = new ArrayList<>(all);
    open.removeIf(heuristic -> closed.contains(heuristic.id()));
    Draw draw =
        Draw.of(
            runSeed,
            "heuristic",
            parentId,
            Integer.toString(round),
            Integer.toString(tried.size()));
    return open.get(draw.nextInt(open.size()));
  }
}
