package org.seedwright.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code batch}: files for a batch service, and from it. */
@Command(
    name = "batch",
    description = "Exports requests as files for a batch service; imports its replies.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BatchExportCommand.class, BatchImportCommand.class})
final class BatchCommand {}
