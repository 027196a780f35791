package org.seedwright.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code store}: the response store and recordings. */
@Command(
    name = "store",
    description = "Looks into the response store; makes and mends recordings.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StoreStatsCommand.class, OutstandingCommand.class, RekeyCommand.class})
final class StoreCommand {}
