package org.seedwright.pipelines.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.instruct.Sample;
import org.seedwright.pipelines.stage.EvolveRound;
import org.seedwright.pipelines.stage.Rejection;
import org.seedwright.pipelines.stage.ReplyRow;
import org.seedwright.pipelines.stage.RequestRow;
import org.seedwright.pipelines.stage.RespondRound;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.table.CanonicalJson;

/** Finds what was asked and answered for a row: its making, its judgement, its response. */
final class Calls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FinishedRun run;
  private final StageTables tables;

  Calls(FinishedRun run, StageTables tables) {
    this.run = run;
    this.tables = tables;
  }

  /**
   * Returns the calls behind a row, oldest first.
   *
   * @param id of the row
   * @param madeFrom id of what it was made from: a seed before evolution, then its parent
   */
  List<Story.Call> of(String id, String madeFrom, int round) throws IOException {
    var calls = new ArrayList<Story.Call>();
    String making = round == 0 ? Chain.INSTRUCT : EvolveRound.name(round);
    Optional<FinishedStage> made = holding(making, id);
    if (made.isPresent()) {
      String judgement = Chain.JUDGE + Chain.REQUESTS;
      boolean judged = tables.has(made.get(), judgement, id);
      add(made.get(), "", madeFrom, making(made.get(), id, judged), calls);
      if (judged) {
        add(made.get(), Chain.JUDGE, id, judgement(made.get(), id), calls);
      }
    }
    Optional<FinishedStage> responded = holding(RespondRound.name(round), id);
    if (responded.isPresent()) {
      add(responded.get(), "", id, response(responded.get(), id), calls);
    }
    return calls;
  }

  /** A row has its id in one branch only, while what it was made from may be in several. */
  private Optional<FinishedStage> holding(String step, String id) {
    return run.stagesOf(step).stream()
        .filter(
            stage ->
                Stream.of("", Rejection.TABLE, Chain.JUDGE + Chain.REQUESTS)
                    .anyMatch(table -> tables.has(stage, table, id)))
        .findFirst();
  }

  private void add(
      FinishedStage stage,
      String prefix,
      String rowId,
      Story.Verdict verdict,
      List<Story.Call> calls)
      throws IOException {
    Optional<RequestRow> asked =
        tables.find(stage, prefix + Chain.REQUESTS, RequestRow.class, rowId);
    Optional<ReplyRow> answered = tables.find(stage, prefix + Chain.REPLIES, ReplyRow.class, rowId);
    if (asked.isPresent() && answered.isPresent()) {
      calls.add(call(stage.name(), asked.get(), answered.get(), verdict));
    }
  }

  private static Story.Call call(
      String stage, RequestRow asked, ReplyRow answered, Story.Verdict verdict) {
    Decoding decoding = asked.request().decoding();
    return new Story.Call(
        stage,
        asked.role(),
        asked.promptId(),
        asked.promptDigest(),
        asked.key(),
        asked.request().model(),
        answered.call().servedModel(),
        decoding.temperature(),
        decoding.topP(),
        decoding.seed(),
        decoding.stop(),
        asked.maxOutputTokens(),
        asked.request().messages(),
        answered.call().ending(),
        answered.text(),
        answered.thinking(),
        answered.call().inputTokens(),
        answered.call().outputTokens(),
        CanonicalJson.kebabCase(answered.mark()),
        verdict);
  }

  private Story.Verdict making(FinishedStage stage, String id, boolean judged) throws IOException {
    Optional<Sample> sample = tables.find(stage, "", Sample.class, id);
    if (sample.isPresent()) {
      return new Story.Verdict(
          true,
          sample.get().response().isPresent()
              ? "an instruction and its response"
              : "an instruction",
          Optional.of(sample.get().instruction()),
          sample.get().response());
    }
    Optional<Rejection> rejected = tables.find(stage, Rejection.TABLE, Rejection.class, id);
    if (judged) {
      return new Story.Verdict(
          true, "an instruction", rejected.flatMap(Calls::instruction), Optional.empty());
    }
    return rejected(rejected);
  }

  private Story.Verdict judgement(FinishedStage stage, String id) throws IOException {
    Optional<Rejection> rejected = tables.find(stage, Rejection.TABLE, Rejection.class, id);
    if (rejected.isEmpty()) {
      return new Story.Verdict(
          true, "not equal to its parent: it stays", Optional.empty(), Optional.empty());
    }
    boolean equal = rejected.get().reason().equals(Reason.EQUAL_TO_PARENT.id());
    return equal
        ? new Story.Verdict(
            false, "equal to its parent: it goes", Optional.empty(), Optional.empty())
        : rejected(rejected);
  }

  private Story.Verdict response(FinishedStage stage, String id) throws IOException {
    Optional<Sample> sample = tables.find(stage, "", Sample.class, id);
    return sample.isPresent()
        ? new Story.Verdict(true, "a response", Optional.empty(), sample.get().response())
        : rejected(tables.find(stage, Rejection.TABLE, Rejection.class, id));
  }

  private static Story.Verdict rejected(Optional<Rejection> rejected) {
    return new Story.Verdict(
        false,
        rejected
            .map(
                rejection -> "rejected: %s: %s".formatted(rejection.reason(), rejection.evidence()))
            .orElse("nothing"),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the instruction of a rejected sample. */
  static Optional<String> instruction(Rejection rejection) {
    return text(rejection, "instruction");
  }

  /** Returns a text of a rejected unit. */
  static Optional<String> text(Rejection rejection, String component) {
    return row(rejection)
        .map(row -> row.path(component))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  /** Returns a rejected unit as it was. */
  static Optional<JsonNode> row(Rejection rejection) {
    return rejection
        .row()
        .map(
            json -> {
              try {
                return JSON.readTree(json);
              } catch (JsonProcessingException e) {
                throw new IllegalStateException("a rejected row is always JSON", e);
              }
            });
  }
}
