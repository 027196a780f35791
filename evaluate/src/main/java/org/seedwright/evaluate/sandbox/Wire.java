package org.seedwright.evaluate.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.seedwright.evaluate.execution.Asserts;
import org.seedwright.evaluate.execution.Calls;
import org.seedwright.evaluate.execution.Execution;
import org.seedwright.evaluate.execution.Limits;
import org.seedwright.evaluate.execution.StdinStdout;
import org.seedwright.evaluate.execution.Tests;

/** Requests as lines of JSON, in ASCII: lone surrogates of a model's text come through. */
final class Wire {
  static final ObjectMapper JSON =
      new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  /** The reference of all of a problem's calls may take this long. */
  static final long REFERENCE_SECONDS = 300;

  private Wire() {}

  /** The line that starts a slot. */
  static byte[] start(String box, boolean bare, int processes) {
    ObjectNode start = JSON.createObjectNode();
    start.set("modules", JSON.valueToTree(PythonParts.texts()));
    ObjectNode settings = start.putObject("settings");
    settings.put("box", box);
    settings.put("bare", bare);
    settings.put("processes", processes);
    settings.put("referenceSeconds", REFERENCE_SECONDS);
    settings.putArray("libraries").add("/usr/lib/python3/dist-packages");
    return line(start);
  }

  /**
   * The line that asks for an execution.
   *
   * @param withTests whether the slot has to be told the tests
   * @param prepared what another slot made of the reference of these tests
   */
  static byte[] request(
      Execution execution, String digest, boolean withTests, Optional<String> prepared) {
    ObjectNode request = JSON.createObjectNode();
    request.put("program", execution.program().source());
    request.put("digest", digest);
    request.put("everyTest", execution.everyTest());
    request.set("limits", limits(execution.limits()));
    if (withTests) {
      request.set("tests", tests(execution.tests(), prepared));
    }
    return line(request);
  }

  private static ObjectNode limits(Limits limits) {
    return JSON.createObjectNode()
        .put("programSeconds", limits.programMillis() / 1000.0)
        .put("callSeconds", limits.callMillis() / 1000.0)
        .put("referenceFactor", limits.referenceFactor())
        .put("memoryBytes", limits.memoryBytes())
        .put("outputBytes", limits.outputBytes())
        .put("wallFactor", Limits.WALL_FACTOR);
  }

  private static ObjectNode tests(Tests tests, Optional<String> prepared) {
    ObjectNode node = JSON.createObjectNode();
    if (tests instanceof Asserts asserts) {
      node.put("kind", "asserts");
      node.put("context", asserts.context());
      ArrayNode list = node.putArray("tests");
      asserts.tests().forEach(list::add);
      node.put("entryPoint", asserts.entryPoint().orElse(null));
    } else if (tests instanceof Calls calls) {
      node.put("kind", "calls");
      node.put("entryPoint", calls.entryPoint());
      node.put("tolerance", calls.tolerance());
      node.put("oracle", calls.oracle().id());
      prepared.ifPresentOrElse(made -> node.put("prepared", made), () -> addReference(node, calls));
    } else if (tests instanceof StdinStdout runs) {
      node.put("kind", "runs");
      ArrayNode list = node.putArray("runs");
      runs.runs()
          .forEach(run -> list.addPOJO(Map.of("stdin", run.stdin(), "stdout", run.stdout())));
    } else {
      throw new IllegalStateException("unknown tests " + tests.getClass());
    }
    return node;
  }

  private static void addReference(ObjectNode node, Calls calls) {
    node.put("reference", calls.reference());
    node.put("inputForm", calls.inputForm().id());
    ArrayNode groups = node.putArray("groups");
    calls
        .groups()
        .forEach(
            group -> groups.addPOJO(Map.of("name", group.name(), "inputs", group.inputs().text())));
  }

  private static byte[] line(ObjectNode node) {
    try {
      return (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.US_ASCII);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
