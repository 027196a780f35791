package org.seedwright.pipelines.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "seedwright",
    description =
        "Builds synthetic instruction data for code LLMs and measures what the data is worth.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      ExplainCommand.class,
      ShowCommand.class,
      CompareCommand.class,
      DedupCommand.class,
      DecontaminateCommand.class,
      EvaluateCommand.class,
      WorkspaceCommand.class,
      BenchmarksCommand.class,
      DoctorCommand.class,
      StoreCommand.class,
      BatchCommand.class,
      SimulateTeacherCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    EngineLogs.off();
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    boolean json = Arrays.asList(arguments).contains("--json");
    var commandLine = new CommandLine(new Main());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler((e, command, result) -> fail(Failure.of(e), e, json));
    commandLine.setParameterExceptionHandler(
        (e, args) -> {
          int exit = fail(Failure.input("usage", e.getMessage()), e, json);
          if (!json) {
            stderr()
                .println(
                    "Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
          }
          return exit;
        });
    for (CommandLine command : commandLine.getSubcommands().values()) {
      addHelp(command);
    }
    return commandLine.execute(arguments);
  }

  private static void addHelp(CommandLine command) {
    if (command.getCommandSpec().findOption("--help") == null) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(Main::addHelp);
  }

  private static int fail(Failure failure, Exception e, boolean json) {
    if (json) {
      try {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(failure.json());
      } catch (IOException unwritable) {
        throw new IllegalStateException("a failure is always JSON", unwritable);
      }
    } else {
      stderr().println("seedwright: " + failure.message());
    }
    if (failure.kind().equals("bug")) {
      e.printStackTrace(stderr());
    }
    return failure.exitCode();
  }

  private static PrintStream stderr() {
    return new PrintStream(System.err, true, StandardCharsets.UTF_8);
  }

  /** The version, as the jar says. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"seedwright " + (version == null ? "unknown" : version)};
    }
  }
}
