package org.seedwright.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code benchmarks}: which there are, and their files. */
@Command(
    name = "benchmarks",
    description = "Lists the benchmarks that are known, fetches their files and checks them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchmarksListCommand.class,
      BenchmarksFetchCommand.class,
      BenchmarksCheckCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright benchmarks list",
      "  ./seedwright benchmarks fetch humaneval humaneval-plus@0.1.9",
      "  ./seedwright benchmarks check"
    })
final class BenchmarksCommand {}
