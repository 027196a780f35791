package org.seedwright.pipelines.simulate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.pipelines.simulate.RawClient.End;
import org.seedwright.pipelines.simulate.RawClient.Heard;

/** What a client sees of each fault, byte by byte, and what the log says of it. */
class TransportFaultTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUEST =
      "{\"model\":\"simulated-1\",\"messages\":[{\"role\":\"user\",\"content\":\"Sort a list.\"}]}";
  private static final SimulatorOptions FAULTLESS =
      SimulatorOptions.defaults().withShares(Map.of());

  @TempDir Path folder;

  private Path log() {
    return folder.resolve("log.jsonl");
  }

  private SimulatedTeacher server(SimulatorOptions options) throws Exception {
    return SimulatedTeacher.start(0, options.withLog(log()));
  }

  private SimulatedTeacher always(TransportFault fault) throws Exception {
    return server(
        FAULTLESS.withTransportFaults(Map.of(fault, 1.0)).withDripEvery(Duration.ofMillis(1)));
  }

  private static Heard ask(SimulatedTeacher server) throws Exception {
    try (var client = new RawClient(server)) {
      return client.send(RawClient.chat(REQUEST, "Connection: close")).toTheEnd();
    }
  }

  private static Heard good() throws Exception {
    try (var server = SimulatedTeacher.start(0, FAULTLESS)) {
      return ask(server);
    }
  }

  /** The lines of the log without their times. */
  private List<JsonNode> lines() throws Exception {
    var lines = new ArrayList<JsonNode>();
    for (String line : Files.readAllLines(log())) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private JsonNode lastLine() throws Exception {
    List<JsonNode> lines = lines();
    return lines.get(lines.size() - 1);
  }

  private void assertFailed(TransportFault fault, int status) throws Exception {
    JsonNode line = lastLine();
    assertThat(line.get("event").asText()).isEqualTo("failed");
    assertThat(line.get("fault").asText()).isEqualTo(fault.id());
    assertThat(line.path("status").asInt()).isEqualTo(status);
    JsonNode usage = JSON.readTree(good().body().getBytes(ISO_8859_1)).get("usage");
    assertThat(line.get("inputTokens").asInt())
        .isEqualTo(status == 200 ? usage.get("prompt_tokens").asInt() : 0);
    assertThat(line.get("outputTokens").asInt())
        .isEqualTo(status == 200 ? usage.get("completion_tokens").asInt() : 0);
  }

  private record Refusal(TransportFault fault, int status, String code) {}

  @Test
  void anErrorHasItsStatusAndCodeAndIsNotBilled() throws Exception {
    for (Refusal expected :
        List.of(
            new Refusal(TransportFault.RATE_LIMIT, 429, "rate_limit_exceeded"),
            new Refusal(TransportFault.RATE_LIMIT_SECONDS, 429, "rate_limit_exceeded"),
            new Refusal(TransportFault.RATE_LIMIT_DATE, 429, "rate_limit_exceeded"),
            new Refusal(TransportFault.SERVER_ERROR, 500, "server_error"),
            new Refusal(TransportFault.UNAVAILABLE, 503, "unavailable"),
            new Refusal(TransportFault.OVERLOADED, 529, "overloaded_error"),
            new Refusal(TransportFault.BAD_KEY, 401, "invalid_api_key"),
            new Refusal(TransportFault.UNKNOWN_MODEL, 404, "model_not_found"))) {
      try (var server = always(expected.fault())) {
        Heard heard = ask(server);
        assertThat(heard.status()).isEqualTo(expected.status());
        assertThat(JSON.readTree(heard.body()).at("/error/code").asText())
            .isEqualTo(expected.code());
        assertThat(heard.head().contains("Retry-After"))
            .isEqualTo(
                expected.fault() == TransportFault.RATE_LIMIT_SECONDS
                    || expected.fault() == TransportFault.RATE_LIMIT_DATE);
      }
      assertFailed(expected.fault(), expected.status());
    }
  }

  @Test
  void aRetryAfterIsSecondsOrADate() throws Exception {
    try (var server = always(TransportFault.RATE_LIMIT_SECONDS)) {
      assertThat(ask(server).head()).contains("\r\nRetry-After: 1\r\n");
    }
    try (var server = always(TransportFault.RATE_LIMIT_DATE)) {
      String date = ask(server).head().replaceFirst("(?s).*Retry-After: ([^\r]*).*", "$1");
      assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).getYear())
          .isGreaterThan(2000);
      assertThat(date).matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} .* GMT");
    }
  }

  @Test
  void aGatewaysPageComesWith502OrWith200() throws Exception {
    try (var server = always(TransportFault.BAD_GATEWAY)) {
      Heard heard = ask(server);
      assertThat(heard.status()).isEqualTo(502);
      assertThat(heard.body()).startsWith("<!DOCTYPE html>");
      assertFailed(TransportFault.BAD_GATEWAY, 502);
    }
    try (var server = always(TransportFault.HTML)) {
      Heard heard = ask(server);
      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.head()).contains("Content-Type: text/html");
      assertThat(heard.body()).startsWith("<!DOCTYPE html>").hasSize(heard.length());
      assertFailed(TransportFault.HTML, 200);
    }
  }

  @Test
  void aResetComesBeforeAnyByteOrAfterHalfTheBody() throws Exception {
    try (var server = always(TransportFault.RESET)) {
      assertThat(ask(server)).isEqualTo(new Heard("", End.RESET));
      assertFailed(TransportFault.RESET, 0);
    }
    try (var server = always(TransportFault.RESET_MID_BODY)) {
      Heard heard = ask(server);
      assertThat(heard.end()).isEqualTo(End.RESET);
      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.body()).hasSize(heard.length() / 2);
      assertThat(good().body()).startsWith(heard.body());
      assertFailed(TransportFault.RESET_MID_BODY, 200);
    }
  }

  @Test
  void aReplyCutOffEndsInOrderAfterHalfTheBody() throws Exception {
    try (var server = always(TransportFault.CUT_OFF)) {
      Heard heard = ask(server);
      assertThat(heard.end()).isEqualTo(End.CLOSED);
      assertThat(heard.body()).hasSize(heard.length() / 2);
    }
    assertFailed(TransportFault.CUT_OFF, 200);
  }

  @Test
  void aStallSaysNothingOrNothingAfterTheHeaders() throws Exception {
    try (var server = always(TransportFault.STALL);
        var client = new RawClient(server)) {
      client.send(RawClient.chat(REQUEST));
      assertThat(client.rest(300)).isEqualTo(new Heard("", End.SILENT));
    }
    assertFailed(TransportFault.STALL, 0);
    try (var server = always(TransportFault.STALL_MID_BODY);
        var client = new RawClient(server)) {
      client.send(RawClient.chat(REQUEST));
      Heard heard = client.rest(1000);
      assertThat(heard.end()).isEqualTo(End.SILENT);
      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.body()).isEmpty();
      assertThat(heard.length()).isEqualTo(good().length());
    }
    assertFailed(TransportFault.STALL_MID_BODY, 200);
  }

  @Test
  void aDrippingReplyIsWholeInTheEnd() throws Exception {
    try (var server = always(TransportFault.DRIP)) {
      assertThat(ask(server).body()).isEqualTo(good().body());
    }
    assertFailed(TransportFault.DRIP, 200);
  }

  @Test
  void aGarbledBodyIsHalfAJsonOrHasNoChoiceOrHalfACharacter() throws Exception {
    String good = good().body();
    try (var server = always(TransportFault.INVALID_JSON)) {
      Heard heard = ask(server);
      assertThat(heard.body())
          .hasSize(heard.length())
          .isEqualTo(good.substring(0, good.length() / 2));
      assertFailed(TransportFault.INVALID_JSON, 200);
    }
    try (var server = always(TransportFault.EMPTY_CHOICES)) {
      JsonNode reply = JSON.readTree(ask(server).body());
      assertThat(reply.get("choices")).isEmpty();
      assertThat(reply.get("usage")).isEqualTo(JSON.readTree(good).get("usage"));
      assertFailed(TransportFault.EMPTY_CHOICES, 200);
    }
    try (var server = always(TransportFault.HALF_CHARACTER)) {
      Heard heard = ask(server);
      assertThat(heard.body()).hasSize(heard.length());
      String whole = heard.body().replaceFirst("\u00c3", "");
      assertThat(whole).isEqualTo(good);
      byte[] bytes = heard.body().getBytes(ISO_8859_1);
      assertThat(new String(bytes, UTF_8)).contains("\ufffd");
      assertFailed(TransportFault.HALF_CHARACTER, 200);
    }
  }

  @Test
  void aGiganticBodyComesInChunksAndIsValidJson() throws Exception {
    try (var server = always(TransportFault.GIGANTIC);
        var client = new RawClient(server)) {
      client.send(RawClient.chat(REQUEST, "Connection: close"));
      assertThat(client.skip(Long.MAX_VALUE)).isGreaterThan(40L << 20).isLessThan(41L << 20);
      assertFailed(TransportFault.GIGANTIC, 200);
    }
  }

  @Test
  void aTryMayFailAndTheNextOneSucceedTheSameWayInEveryOrder() throws Exception {
    SimulatorOptions half =
        FAULTLESS.withTransportFaults(
            Map.of(TransportFault.UNAVAILABLE, 0.3, TransportFault.SERVER_ERROR, 0.2));
    List<Integer> first = new ArrayList<>();
    try (var server = server(half);
        var client = new RawClient(server)) {
      for (int attempt = 0; attempt < 40; attempt++) {
        first.add(client.send(RawClient.chat(REQUEST)).reply().status());
      }
    }
    assertThat(first).contains(200, 500, 503);
    List<Integer> second = new ArrayList<>();
    try (var server = server(half);
        var client = new RawClient(server)) {
      for (int attempt = 0; attempt < 40; attempt++) {
        // Another request in between draws for itself.
        client.send(RawClient.chat(REQUEST.replace("Sort", "Find"))).reply();
        second.add(client.send(RawClient.chat(REQUEST)).reply().status());
      }
    }
    assertThat(second).isEqualTo(first);
    try (var server = server(half.withSeed(1));
        var client = new RawClient(server)) {
      List<Integer> other = new ArrayList<>();
      for (int attempt = 0; attempt < 40; attempt++) {
        other.add(client.send(RawClient.chat(REQUEST)).reply().status());
      }
      assertThat(other).isNotEqualTo(first);
    }
  }

  @Test
  void theLogHasALineForWhatWasReceivedAndOneForWhatBecameOfIt() throws Exception {
    try (var server = server(FAULTLESS);
        var client = new RawClient(server)) {
      client.send(RawClient.chat(REQUEST)).reply();
      client.send(RawClient.chat("{}")).reply();
    }
    List<String> lines =
        Files.readAllLines(log()).stream()
            .map(line -> line.replaceFirst(",\"millis\":[0-9]+}$", "}"))
            .toList();
    String about =
        ",\"key\":\"%s\",\"kind\":\"respond\",\"outcome\":\"good\""
            .formatted(JSON.readTree(lines.get(0)).get("key").asText());
    JsonNode usage = JSON.readTree(good().body()).get("usage");
    assertThat(lines)
        .containsExactly(
            "{\"n\":1,\"event\":\"received\"" + about + "}",
            "{\"n\":1,\"event\":\"answered\"%s,\"status\":200,\"inputTokens\":%d,\"outputTokens\":%d}"
                .formatted(
                    about,
                    usage.get("prompt_tokens").asInt(),
                    usage.get("completion_tokens").asInt()),
            "{\"n\":2,\"event\":\"received\"}",
            "{\"n\":2,\"event\":\"failed\",\"status\":404,\"fault\":\"unknown-model\","
                + "\"inputTokens\":0,\"outputTokens\":0}");
  }

  @Test
  void aClientThatGoesBeforeTheReplyIsNotBilled() throws Exception {
    try (var server = server(FAULTLESS.withLatency(Duration.ofMinutes(5)))) {
      try (var client = new RawClient(server)) {
        client.send(RawClient.chat(REQUEST));
        await(() -> server.received() == 1);
      }
      await(() -> lines().size() == 2);
    }
    assertThat(lastLine().get("event").asText()).isEqualTo("aborted");
    assertThat(lastLine().get("inputTokens").asInt()).isZero();
  }

  @Test
  void aWrongKeyIsRefused() throws Exception {
    try (var server = server(FAULTLESS.withRequiredKey(RequiredKey.of("k1")));
        var client = new RawClient(server)) {
      assertThat(client.send(RawClient.chat(REQUEST)).reply().status()).isEqualTo(401);
      assertThat(client.send(RawClient.chat(REQUEST, "Authorization: Bearer k2")).reply().status())
          .isEqualTo(401);
      assertThat(lastLine().get("fault").asText()).isEqualTo("bad-key");
      assertThat(client.send(RawClient.chat(REQUEST, "authorization: Bearer k1")).reply().status())
          .isEqualTo(200);
    }
    assertThat(Files.readString(log())).doesNotContain("k1");
    assertThat(FAULTLESS.withRequiredKey(RequiredKey.of("k1")).toString()).doesNotContain("k1");
  }

  @Test
  void aRequestMayComeInPiecesAndTwoMayComeAtOnce() throws Exception {
    String good = good().body();
    try (var server = server(FAULTLESS);
        var client = new RawClient(server)) {
      String bytes = RawClient.chat(REQUEST);
      for (int at = 0; at < bytes.length(); at += 7) {
        client.send(bytes.substring(at, Math.min(bytes.length(), at + 7)));
      }
      assertThat(client.reply().body()).isEqualTo(good);
      client.send(bytes + bytes);
      assertThat(client.reply().body()).isEqualTo(good);
      assertThat(client.reply().body()).isEqualTo(good);
      client.send(bytes.substring(0, bytes.length() - 5));
    }
    assertThat(lines()).as("half a request is none").hasSize(6);
  }

  @Test
  void whatIsNoHttpIsRefused() throws Exception {
    try (var server = server(FAULTLESS)) {
      for (Map.Entry<String, Integer> refused :
          Map.of(
                  "hello\r\n\r\n", 400,
                  "GET /v1/models HTTP/1.1\r\nno colon\r\n\r\n", 400,
                  "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411,
                  "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413,
                  "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400)
              .entrySet()) {
        try (var client = new RawClient(server)) {
          assertThat(client.send(refused.getKey()).toTheEnd().status())
              .isEqualTo(refused.getValue());
        }
      }
    }
  }

  @Test
  void cannedRepliesAreAllTheSameUnderASimulatedModelsName() throws Exception {
    try (var server = server(FAULTLESS.withCannedReplies());
        var client = new RawClient(server)) {
      Heard first = client.send(RawClient.chat(REQUEST)).reply();
      Heard other = client.send(RawClient.chat(REQUEST.replace("Sort", "Find"))).reply();
      assertThat(other).isEqualTo(first);
      JsonNode reply = JSON.readTree(first.body());
      assertThat(reply.get("model").asText()).isEqualTo("simulated-1");
      assertThat(lastLine().get("outputTokens")).isEqualTo(reply.at("/usage/completion_tokens"));
      assertThat(
              client
                  .send(RawClient.chat(REQUEST.replace("simulated-1", "gpt-4o")))
                  .reply()
                  .status())
          .isEqualTo(404);
      assertThat(client.send(RawClient.chat("[")).reply().status()).isEqualTo(400);
    }
  }

  @Test
  void beyondItsLimitsTheServerRefusesAndSaysWhenToComeBack() throws Exception {
    var limits = ServerLimits.none().withRetryAfter(RetryAfter.SECONDS);
    try (var server = server(FAULTLESS.withLimits(limits.withRequestsPerSecond(0.001)));
        var client = new RawClient(server)) {
      assertThat(client.send(RawClient.chat(REQUEST)).reply().status()).isEqualTo(200);
      assertThat(client.send(RawClient.chat(REQUEST)).reply().status()).isEqualTo(200);
      Heard refused = client.send(RawClient.chat(REQUEST)).reply();
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.head()).containsPattern("Retry-After: (1000|9[0-9]{2})\r\n");
      assertThat(lastLine().get("fault").asText()).isEqualTo("requests-per-second");
    }
    try (var server =
            server(
                FAULTLESS
                    .withLimits(limits.withMaxOpen(1))
                    .withTransportFaults(Map.of(TransportFault.STALL, 1.0)));
        var stalled = new RawClient(server);
        var client = new RawClient(server)) {
      stalled.send(RawClient.chat(REQUEST));
      await(() -> server.received() == 1);
      assertThat(client.send(RawClient.chat(REQUEST)).reply().status()).isEqualTo(429);
      assertThat(lastLine().get("fault").asText()).isEqualTo("max-open");
    }
  }

  @Test
  void aScriptTakesTheServerDownForAWhileAndUpAgain() throws Exception {
    var fair = Conditions.fair();
    try (var server =
        server(
            FAULTLESS.withScript(
                List.of(
                    Phase.ofRequests(1, fair),
                    Phase.ofRequests(1, fair.down(Down.UNAVAILABLE)),
                    Phase.ofRequests(1, fair.down(Down.RESET)),
                    Phase.ofRequests(1, fair.withFaults(Map.of(TransportFault.HTML, 1.0))))))) {
      assertThat(ask(server).status()).isEqualTo(200);
      assertThat(ask(server).status()).isEqualTo(503);
      assertThat(ask(server)).isEqualTo(new Heard("", End.RESET));
      assertThat(ask(server).body()).startsWith("<!DOCTYPE");
      assertThat(ask(server)).isEqualTo(good());
    }
    assertThat(lines().stream().map(line -> line.path("fault").asText("")).toList())
        .containsExactly("", "", "", "down", "", "down", "", "html", "", "");
  }

  @Test
  void aServerThatIsDownRefusesConnectionsAndComesBackOnItsPort() throws Exception {
    var fair = Conditions.fair();
    try (var server =
        server(
            FAULTLESS.withScript(
                List.of(
                    Phase.ofRequests(1, fair.withLatency(Duration.ofMinutes(5))),
                    Phase.ofTime(Duration.ofSeconds(2), fair.down(Down.REFUSED)))))) {
      try (var client = new RawClient(server)) {
        assertThat(client.send(RawClient.chat(REQUEST)).toTheEnd())
            .isEqualTo(new Heard("", End.RESET));
      }
      await(
          () -> {
            try {
              return ask(server).status() == 200;
            } catch (java.net.ConnectException e) {
              return false;
            }
          });
    }
    assertThat(lines().get(1).get("event").asText()).isEqualTo("aborted");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
