import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.seedwright.evaluate.benchmark.Benchmarks;
import org.seedwright.evaluate.benchmark.Task;
import org.seedwright.evaluate.benchmark.TaskSet;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.Outcome;
import org.seedwright.evaluate.oracle.OracleReport;
import org.seedwright.evaluate.samples.Generation;
import org.seedwright.evaluate.samples.Samples;
import org.seedwright.evaluate.samples.SamplesReading;
import org.seedwright.evaluate.sandbox.Bubblewrap;
import org.seedwright.evaluate.sandbox.SandboxSettings;
import org.seedwright.evaluate.sandbox.Slots;

/**
 * Judges samples by the evaluate library, nothing kept between runs: DATA SLOTS. Reads a job a line
 * ({"benchmark": id, "samples": file} or {"benchmark": id, "references": true}) and answers each
 * with a line per sample and one with "done".
 */
final class JudgeSamples {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    Bubblewrap sandbox = Bubblewrap.of(SandboxSettings.standard());
    try (Slots slots = Slots.of(sandbox, count)) {
      out.println(JSON.createObjectNode().put("ready", sandbox.name()));
      out.flush();
      BufferedReader jobs =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      Map<String, TaskSet> sets = new HashMap<>();
      for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
        JsonNode job = JSON.readTree(line);
        TaskSet set =
            sets.computeIfAbsent(
                job.path("benchmark").asText(), id -> Benchmarks.executable(id).taskSet(data));
        List<Judged> judged = new ArrayList<>();
        if (job.path("references").asBoolean()) {
          for (Map.Entry<String, Execution> each : OracleReport.executions(set).entrySet()) {
            judged.add(
                new Judged(each.getKey(), 0, threads.submit(() -> slots.run(each.getValue()))));
          }
        } else {
          Map<String, Task> tasks = set.byId();
          Path samples = Path.of(job.path("samples").asText());
          for (Generation one :
              Samples.read(samples, tasks.keySet(), SamplesReading.whole().withPartial()).generations()) {
            Task task = tasks.get(one.taskId());
            boolean continues = one.form() == Generation.Form.COMPLETION;
            String program = continues ? task.programOf(one.text()) : one.text();
            Execution execution = task.execution(program, false);
            judged.add(
                new Judged(
                    one.taskId(), one.ordinal(), threads.submit(() -> slots.run(execution))));
          }
        }
        for (Judged one : judged) {
          out.println(one.row());
        }
        out.println(JSON.createObjectNode().put("done", judged.size()));
        out.flush();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private record Judged(String task, int ordinal, Future<Outcome> outcome) {
    ObjectNode row() throws Exception {
      Outcome came = outcome.get();
      ObjectNode row = JSON.createObjectNode();
      row.put("task", task).put("ordinal", ordinal);
      row.put("verdict", came.verdict().id()).put("reason", came.reason());
      row.put("cpuMillis", came.measurement().cpuMillis());
      ObjectNode groups = row.putObject("groups");
      came.groups().forEach(group -> groups.put(group.group(), group.status()));
      return row;
    }
  }
}
