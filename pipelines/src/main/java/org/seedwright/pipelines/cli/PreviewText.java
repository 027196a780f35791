package org.seedwright.pipelines.cli;

import java.util.Optional;
import org.seedwright.pipelines.stage.Branch;

/** A preview for people; each text is cut after {@value #LINES} lines. */
final class PreviewText {
  private static final int LINES = 16;

  private PreviewText() {}

  static String of(Preview preview) {
    var text = new StringBuilder();
    int number = 0;
    for (Preview.Seed seed : preview.seeds()) {
      number++;
      text.append(
          "seed %d of %d  %s  %s: %s, lines %d to %d, %s\n"
              .formatted(
                  number,
                  preview.seeds().size(),
                  seed.id(),
                  TerminalText.line(seed.origin().source()),
                  TerminalText.line(seed.origin().path()),
                  seed.origin().firstLine(),
                  seed.origin().lastLine(),
                  seed.language()));
      text.append(TerminalText.block(seed.code(), "  ", LINES)).append('\n');
      seed.turns().forEach(turn -> append(turn, text));
      text.append('\n');
    }
    text.append("The whole of each text: ./seedwright explain ID\n");
    return text.toString();
  }

  private static void append(Preview.Turn turn, StringBuilder text) {
    text.append(
        "  %sround %d  %s%s  %s\n"
            .formatted(
                new Branch(turn.branch()).isMain() ? "" : turn.branch() + ", ",
                turn.round(),
                turn.id(),
                turn.heuristic().map(heuristic -> "  " + heuristic).orElse(""),
                turn.rejection()
                    .map(
                        left ->
                            "REJECTED in %s: %s (%s)"
                                .formatted(
                                    left.stage(),
                                    left.reason(),
                                    TerminalText.line(left.evidence(), 200)))
                    .orElse("in the data set")));
    block("instruction", turn.instruction(), text);
    block("response", turn.response(), text);
    if (turn.response().isEmpty()) {
      block("reply", turn.rejection().flatMap(Preview.Left::reply), text);
    }
  }

  private static void block(String name, Optional<String> content, StringBuilder text) {
    content.ifPresent(
        shown ->
            text.append("    %s\n".formatted(name))
                .append(TerminalText.block(shown, "      ", LINES))
                .append('\n'));
  }
}
