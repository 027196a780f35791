package org.seedwright.pipelines.cli;
@picocli.CommandLine.Command(name="doctor")
final class DoctorCommand implements java.util.concurrent.Callable<Integer> { public Integer call() { return 0; } }
