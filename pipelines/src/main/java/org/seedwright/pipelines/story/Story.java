package org.seedwright.pipelines.story;

import java.util.List;
import java.util.Optional;
import org.seedwright.evolve.Message;

/**
 * All that a workspace knows of one file, seed or row: where it came from, what was asked and
 * answered, where it went and why it left.
 *
 * @param id of what the story is about
 * @param kind what that is
 * @param run whose stages were read
 * @param otherRuns runs that hold the id too
 * @param fate what became of it in the end
 * @param document the file at the root
 * @param seed the snippet drawn from it
 * @param imported where the row at the root was read, if it is one of a file of instructions
 * @param lineage the rows from the first instruction to the one in question, which is the last
 * @param children what was made of it directly
 */
public record Story(
    String id,
    Kind kind,
    String run,
    List<String> otherRuns,
    Fate fate,
    Optional<Document> document,
    Optional<Seed> seed,
    Optional<Imported> imported,
    List<Row> lineage,
    List<Child> children) {
  public Story {
    otherRuns = List.copyOf(otherRuns);
    lineage = List.copyOf(lineage);
    children = List.copyOf(children);
  }

  /** What an id names. */
  public enum Kind {
    DOCUMENT,
    SEED,
    ROW
  }

  /** How a unit stands after a stage. */
  public enum Event {
    /** It is in the stage's main table. */
    WENT_ON,
    /** It is to be evolved again, as no child took its place. */
    CARRIED,
    REJECTED,
    NOT_SELECTED
  }

  /**
   * What a stage did with a unit.
   *
   * @param stage name of the stage
   * @param fingerprint its first 16 digits
   * @param reason why it was rejected
   * @param evidence for that, or for the selection
   */
  public record Step(
      String stage,
      String fingerprint,
      Event event,
      Optional<String> reason,
      Optional<String> evidence) {}

  /**
   * What became of a unit in the end.
   *
   * @param last what the last stage that had it did with it
   * @param inDataset whether it is a row of the data set
   * @param keptInstead what stays in its place, if it is a duplicate
   * @param hits the benchmark texts found in it
   */
  public record Fate(Step last, boolean inDataset, Optional<Kept> keptInstead, List<Hit> hits) {
    public Fate {
      hits = List.copyOf(hits);
    }
  }

  /** The row that stays in the place of a duplicate. */
  public record Kept(String id, int round, String instruction, Optional<String> response) {}

  /**
   * A benchmark text found in a row. The benchmark's own text is not repeated.
   *
   * @param matched the row's text between start and end
   */
  public record Hit(
      String id,
      String benchmark,
      String taskId,
      String part,
      String test,
      String column,
      int start,
      int end,
      String matched) {}

  /**
   * A source file.
   *
   * @param head its first characters, where it was rejected and holds no secret
   */
  public record Document(
      String id,
      String source,
      String path,
      Optional<String> language,
      long bytes,
      String sha256,
      Optional<String> revision,
      Optional<String> license,
      Optional<String> licenseEvidence,
      List<String> copyright,
      Optional<String> head,
      List<Step> steps) {
    public Document {
      copyright = List.copyOf(copyright);
      steps = List.copyOf(steps);
    }
  }

  /**
   * A seed snippet.
   *
   * @param ordinal number among the draws from its file
   * @param drawnAgain whether the text was not kept and was drawn again from the file for this
   *     story
   */
  public record Seed(
      String id,
      int ordinal,
      String language,
      int firstLine,
      int lastLine,
      String code,
      boolean drawnAgain,
      List<Step> steps) {
    public Seed {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A row of a file of instructions that somebody else made.
   *
   * @param id of the row that was made of it
   * @param file last part of the file's path
   * @param sha256 of the file
   * @param layout how its rows are written
   * @param place among the instructions of the file, from 1; absent if it cannot be told
   * @param firstLine where the row of the file begins, from 1
   * @param lastLine where it ends
   * @param round 0 for what evolution starts from, else the round that was evolved elsewhere
   */
  public record Imported(
      String id,
      String file,
      String sha256,
      String layout,
      Optional<Integer> place,
      int firstLine,
      int lastLine,
      int round,
      Optional<String> license) {}

  /**
   * A row, or a unit that would have become one.
   *
   * @param mark who wrote its replies; absent of what never became a row
   */
  public record Row(
      String id,
      Optional<String> parentId,
      int round,
      Optional<String> heuristic,
      Optional<String> branch,
      Optional<String> task,
      Optional<String> instruction,
      Optional<String> response,
      Optional<String> mark,
      List<Call> calls,
      List<Step> steps) {
    public Row {
      calls = List.copyOf(calls);
      steps = List.copyOf(steps);
    }
  }

  /**
   * A request and its reply.
   *
   * @param messages the prompt as sent
   * @param reply the raw text
   * @param thinking what the model thought aloud
   * @param verdict what was parsed of the reply
   */
  public record Call(
      String stage,
      String role,
      String promptId,
      String promptDigest,
      String requestKey,
      String model,
      String servedModel,
      Optional<Double> temperature,
      Optional<Double> topP,
      Optional<Long> seed,
      List<String> stop,
      int maxOutputTokens,
      List<Message> messages,
      String ending,
      String reply,
      Optional<String> thinking,
      long inputTokens,
      long outputTokens,
      String mark,
      Verdict verdict) {
    public Call {
      stop = List.copyOf(stop);
      messages = List.copyOf(messages);
    }
  }

  /**
   * What was made of a reply.
   *
   * @param accepted whether the unit went on
   * @param said in words
   * @param instruction parsed from the reply
   * @param response parsed from the reply
   */
  public record Verdict(
      boolean accepted, String said, Optional<String> instruction, Optional<String> response) {}

  /** What was made of a unit, and its fate. */
  public record Child(
      String id, Kind kind, int round, Optional<String> heuristic, Step last, boolean inDataset) {}
}
