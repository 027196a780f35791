package org.seedwright.pipelines.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.seedwright.evolve.Message;
import org.seedwright.pipelines.story.Story;

/** A story for people: root first, fate on top, every text behind a gutter and escaped. */
final class StoryText {
  private static final String INDENT = "  ";
  private static final String DEEPER = "    ";

  private final int mostLines;
  private final StringBuilder out = new StringBuilder();

  private StoryText(int mostLines) {
    this.mostLines = mostLines;
  }

  /**
   * Returns the story's text.
   *
   * @param mostLines of each text that is shown
   */
  static String of(Story story, int mostLines) {
    var text = new StoryText(mostLines);
    text.head(story);
    story.document().ifPresent(document -> text.document(document, story));
    story.seed().ifPresent(seed -> text.seed(seed, story));
    story.imported().ifPresent(text::imported);
    story.lineage().forEach(text::row);
    text.whereItWent(story);
    text.children(story);
    return text.out.toString().stripTrailing();
  }

  private void head(Story story) {
    line("%s %s", kind(story.kind()), story.id());
    line("run   %s%s", safe(story.run()), otherRuns(story));
    line("fate  %s", fate(story));
    row(story)
        .flatMap(Story.Row::mark)
        .filter(mark -> !mark.equals("teacher"))
        .ifPresent(mark -> line("mark  %s", marked(mark)));
    story.fate().keptInstead().ifPresent(this::keptInstead);
    story.fate().hits().forEach(this::hit);
  }

  private static String marked(String mark) {
    return mark.equals("simulated")
        ? "simulated: the simulated teacher wrote replies behind it, no model did"
        : safe(mark) + ": replies behind it were recorded to demonstrate, not asked of a model";
  }

  private static Optional<Story.Row> row(Story story) {
    return story.lineage().isEmpty()
        ? Optional.empty()
        : Optional.of(story.lineage().get(story.lineage().size() - 1));
  }

  private static String kind(Story.Kind kind) {
    return switch (kind) {
      case DOCUMENT -> "source file";
      case SEED -> "seed";
      case ROW -> "row";
    };
  }

  private static String otherRuns(Story story) {
    return story.otherRuns().isEmpty()
        ? ""
        : " (the newest that holds it; also in: %s)"
            .formatted(safe(String.join(", ", story.otherRuns())));
  }

  private static String fate(Story story) {
    if (story.fate().inDataset()) {
      return "in the data set";
    }
    return said(story.fate().last(), story.kind());
  }

  private static String said(Story.Step step, Story.Kind kind) {
    return switch (step.event()) {
      case WENT_ON ->
          kind == Story.Kind.ROW
              ? "went on as far as " + step.stage()
              : "kept in " + step.stage() + "; see what was made of it below";
      case CARRIED -> "in the pool of " + step.stage();
      case NOT_SELECTED ->
          "not selected in %s: %s".formatted(step.stage(), safe(step.evidence().orElse("")));
      case REJECTED ->
          "rejected in %s: %s (%s)"
              .formatted(
                  step.stage(), safe(step.reason().orElse("")), safe(step.evidence().orElse("")));
    };
  }

  private void keptInstead(Story.Kept kept) {
    heading("KEPT INSTEAD", "%s, round %d".formatted(kept.id(), kept.round()));
    texts("instruction", Optional.of(kept.instruction()), INDENT);
    texts("response", kept.response(), INDENT);
  }

  private void hit(Story.Hit hit) {
    heading(
        "FOUND IN IT",
        "%s %s, its %s, by the test %s, in %s [%d,%d), hit %s"
            .formatted(
                safe(hit.benchmark()),
                safe(hit.taskId()),
                safe(hit.part()),
                safe(hit.test()),
                safe(hit.column()),
                hit.start(),
                hit.end(),
                hit.id()));
    block(hit.matched(), INDENT);
  }

  private void document(Story.Document document, Story story) {
    heading("SOURCE", safe(document.source() + ": " + document.path()));
    field("document", document.id());
    field(
        "language",
        "%s, %,d bytes, sha256 %s"
            .formatted(
                document.language().orElse("not told"), document.bytes(), document.sha256()));
    field("revision", document.revision().orElse("none recorded"));
    field(
        "licence",
        document.license().isEmpty()
            ? "none found"
            : "%s, from %s"
                .formatted(document.license().get(), document.licenseEvidence().orElse("?")));
    document.copyright().forEach(line -> field("copyright", line));
    fate(document.id(), document.steps(), story);
    texts("first characters", document.head(), INDENT);
  }

  private void seed(Story.Seed seed, Story story) {
    heading(
        "SEED",
        "%s, draw %d of its file, lines %d to %d"
            .formatted(seed.id(), seed.ordinal(), seed.firstLine(), seed.lastLine()));
    fate(seed.id(), seed.steps(), story);
    if (seed.drawnAgain()) {
      line(INDENT + "(the text was not kept; drawn again from the file)");
    }
    block(seed.code(), INDENT);
  }

  private void imported(Story.Imported imported) {
    heading(
        "INSTRUCTION FILE",
        "%s, %s%s"
            .formatted(
                safe(imported.file()),
                imported.firstLine() == imported.lastLine()
                    ? "line " + imported.firstLine()
                    : "lines %d to %d".formatted(imported.firstLine(), imported.lastLine()),
                imported.place().map(", instruction %d of the file"::formatted).orElse("")));
    field("row", imported.id());
    field("layout", imported.layout() + ", sha256 " + imported.sha256());
    field("licence", imported.license().orElse("none told"));
    field(
        "lineage",
        imported.round() == 0
            ? "root: evolution starts from it"
            : "unknown: round %d was evolved elsewhere".formatted(imported.round()));
  }

  /** Says so where a root did not simply go on; that of the story itself stands on top. */
  private void fate(String id, List<Story.Step> steps, Story story) {
    steps.stream()
        .filter(step -> !id.equals(story.id()))
        .filter(step -> step.event() != Story.Event.WENT_ON)
        .forEach(step -> field("fate", said(step, Story.Kind.SEED)));
  }

  private void row(Story.Row row) {
    heading(
        "ROUND " + row.round(),
        row.id()
            + row.heuristic().map(heuristic -> ", heuristic " + safe(heuristic)).orElse("")
            + row.parentId().map(parent -> ", from " + parent).orElse(""));
    for (Story.Call call : row.calls()) {
      call(call);
    }
    if (row.calls().stream().noneMatch(call -> call.verdict().instruction().isPresent())) {
      texts("instruction", row.instruction(), INDENT);
    }
  }

  private void call(Story.Call call) {
    out.append('\n');
    line(
        "%s%s in %s: prompt %s (digest %s), request %s",
        INDENT,
        safe(call.role()),
        safe(call.stage()),
        safe(call.promptId()),
        shortened(call.promptDigest()),
        shortened(call.requestKey()));
    line(
        "%smodel %s, served by %s, %s, cap %,d tokens",
        DEEPER,
        safe(call.model()),
        safe(call.servedModel()),
        decoding(call),
        call.maxOutputTokens());
    for (Message message : call.messages()) {
      line(DEEPER + "prompt, " + message.role().name().toLowerCase(Locale.ROOT) + ":");
      block(message.content(), DEEPER);
    }
    texts("thinking", call.thinking(), DEEPER);
    line(
        "%sreply, ended by %s, %,d tokens in, %,d out%s:",
        DEEPER,
        safe(call.ending()),
        call.inputTokens(),
        call.outputTokens(),
        call.mark().equals("teacher") ? "" : ", " + safe(call.mark()));
    block(call.reply(), DEEPER);
    boolean whole =
        Stream.of(call.verdict().instruction(), call.verdict().response())
            .flatMap(Optional::stream)
            .anyMatch(text -> text.strip().equals(call.reply().strip()));
    line(
        "%sparsed: %s%s",
        DEEPER, safe(call.verdict().said()), whole ? ", which is the whole reply" : "");
    if (!whole) {
      texts("instruction", call.verdict().instruction(), DEEPER);
      texts("response", call.verdict().response(), DEEPER);
    }
  }

  private static String decoding(Story.Call call) {
    return "temperature %s%s%s%s"
        .formatted(
            call.temperature().map(String::valueOf).orElse("the server's own"),
            call.topP().map(value -> ", top-p " + value).orElse(""),
            call.seed().map(value -> ", seed " + value).orElse(""),
            call.stop().isEmpty() ? "" : ", stop " + safe(call.stop().toString()));
  }

  private static String shortened(String digest) {
    return safe(digest.length() > 16 ? digest.substring(0, 16) : digest);
  }

  private void whereItWent(Story story) {
    List<Story.Step> steps =
        row(story)
            .map(Story.Row::steps)
            .or(() -> story.seed().map(Story.Seed::steps))
            .or(() -> story.document().map(Story.Document::steps))
            .orElse(List.of());
    heading("WHERE IT WENT", "");
    for (Story.Step step : steps) {
      line(
          "  %-14s %s  %s%s",
          safe(step.stage()),
          step.fingerprint(),
          event(step),
          step.evidence().map(evidence -> ": " + safe(evidence)).orElse(""));
    }
  }

  private static String event(Story.Step step) {
    return switch (step.event()) {
      case WENT_ON -> "went on";
      case CARRIED -> "carried to the next round";
      case NOT_SELECTED -> "not selected";
      case REJECTED -> "rejected, " + safe(step.reason().orElse(""));
    };
  }

  private void children(Story story) {
    if (story.children().isEmpty()) {
      return;
    }
    heading("MADE OF IT", "");
    for (Story.Child child : story.children()) {
      line(
          "  %s  %s%s",
          child.id(),
          child.heuristic().map(h -> "round %d, %s: ".formatted(child.round(), safe(h))).orElse(""),
          child.inDataset() ? "in the data set" : said(child.last(), child.kind()));
    }
  }

  private void heading(String word, String rest) {
    out.append('\n');
    line("%s", (word + "  " + rest).stripTrailing());
  }

  private void field(String name, String value) {
    line("  %-10s %s", name, safe(value));
  }

  private void texts(String name, Optional<String> text, String indent) {
    text.ifPresent(
        present -> {
          line("%s%s:", indent, name);
          block(present, indent);
        });
  }

  private void block(String text, String indent) {
    out.append(TerminalText.block(text, indent, mostLines)).append('\n');
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String safe(String text) {
    return TerminalText.line(text);
  }
}
