package org.seedwright.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code workspace}: what is kept. */
@Command(
    name = "workspace",
    description = "Looks at what a workspace keeps.",
    subcommands = WorkspaceListCommand.class,
    footer = {"", "Examples:", "  ./seedwright workspace list --workspace /data/ws"})
final class WorkspaceCommand {}
