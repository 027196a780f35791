package org.seedwright.pipelines.cli;
@picocli.CommandLine.Command(name="plan")
final class PlanCommand implements java.util.concurrent.Callable<Integer> { public Integer call() { return 0; } }
