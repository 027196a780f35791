package org.seedwright.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code workspace}: what is kept. */
@Command(
    name = "workspace",
    description = "Looks at what a workspace keeps, checks it and cleans it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WorkspaceListCommand.class,
      WorkspaceCheckCommand.class,
      WorkspaceCleanCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./seedwright workspace list --workspace /data/ws",
      "  ./seedwright workspace clean --dry-run"
    })
final class WorkspaceCommand {}
