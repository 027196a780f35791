package org.seedwright.pipelines.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Prompt;
import org.seedwright.evolve.Reason;
import org.seedwright.evolve.Role;
import org.seedwright.evolve.TeacherReply;
import org.seedwright.evolve.evol.EliminationRules;
import org.seedwright.evolve.evol.EqualityJudge;
import org.seedwright.evolve.evol.EvolInstruct;
import org.seedwright.evolve.evol.Heuristic;
import org.seedwright.evolve.evol.Heuristics;
import org.seedwright.evolve.evol.Responding;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.evolve.instruct.OssInstruct;
import org.seedwright.evolve.instruct.ProblemAndSolution;
import org.seedwright.evolve.instruct.SelfInstruct;
import org.seedwright.evolve.seed.Origin;
import org.seedwright.evolve.seed.SeedSnippet;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.Answer;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.FailureKind;
import org.seedwright.pipelines.teacher.FinalTeacherException;
import org.seedwright.pipelines.teacher.OpenAiAccess;
import org.seedwright.pipelines.teacher.OpenAiTeacher;
import org.seedwright.pipelines.teacher.Question;
import org.seedwright.pipelines.teacher.Terms;

class SimulatedTeacherTest {
  private static final SimulatorOptions FAULTLESS =
      SimulatorOptions.defaults().withShares(Map.of());
  private static final int CAP = 4000;

  @TempDir Path folder;

  private static SeedSnippet seed(int i) {
    String code =
        List.of(
                "def parse_header(stream):\n    width = stream.read(%d)\n    return width\n",
                "public List<Order> pending(Customer customer) {\n  return orders.get(%d);\n}\n",
                "#include <vector>\nstd::vector<int> buffer(%d);\n",
                "func (s *Server) Retry(attempt int) { s.limit := %d }\n",
                "let mut cache = HashMap::with_capacity(%d);\nfn lookup(key: &str) -> u8 {\n",
                "const socket = require('socket'); socket.listen(%d, () => {});\n````\n")
            .get(i % 6)
            .formatted(i);
    var origin = new Origin("s", "p", 1, 1, Optional.empty(), Optional.empty(), List.of());
    return new SeedSnippet("seed" + i, "doc", i, "python", origin, code);
  }

  private static TeacherRequest request(Prompt prompt) {
    return TeacherRequest.of("simulated-1", prompt.messages(), Decoding.greedy());
  }

  /** One client a server: making one costs more than an exchange. */
  private static final Map<SimulatedTeacher, OpenAiTeacher> CLIENTS = new ConcurrentHashMap<>();

  private static OpenAiTeacher client(SimulatedTeacher server) {
    return CLIENTS.computeIfAbsent(
        server,
        one -> new OpenAiTeacher(OpenAiAccess.local(one.baseUrl()), Terms.ONCE, name -> null));
  }

  private static TeacherReply reply(SimulatedTeacher server, Prompt prompt) throws Exception {
    Reply reply = client(server).ask(request(prompt), CAP);
    return new TeacherReply(reply.ending(), reply.text());
  }

  @Test
  void goodRepliesToEachPromptAreAcceptedByItsParser() throws Exception {
    try (var server = SimulatedTeacher.start(0, FAULTLESS)) {
      var oss = new OssInstruct();
      Set<String> problems = new HashSet<>();
      for (int i = 0; i < 60; i++) {
        Parsed<ProblemAndSolution> problem = oss.parse(seed(i), reply(server, oss.render(seed(i))));
        assertThat(problem).isInstanceOf(Parsed.Accepted.class);
        problems.add(((Parsed.Accepted<ProblemAndSolution>) problem).value().problem());
      }
      assertThat(problems).as("varied").hasSize(60);

      var self = new SelfInstruct();
      Parsed<List<String>> tasks =
          self.parse(2, reply(server, self.render(List.of("Sort a list.", "Mend a loop."), 6)));
      assertThat(tasks).isInstanceOf(Parsed.Accepted.class);
      assertThat(((Parsed.Accepted<List<String>>) tasks).value())
          .hasSize(6)
          .doesNotHaveDuplicates();

      var evol = new EvolInstruct();
      String instruction = problems.iterator().next();
      for (int round = 1; round <= 4; round++) {
        for (Heuristic heuristic : Heuristics.builtIn().all()) {
          Parsed<String> child =
              evol.parse(
                  heuristic, instruction, reply(server, evol.render(heuristic, instruction)));
          assertThat(child).isInstanceOf(Parsed.Accepted.class);
          String evolved = ((Parsed.Accepted<String>) child).value();
          assertThat(evolved).startsWith(instruction).hasSizeGreaterThan(instruction.length());
          var judge = new EqualityJudge();
          assertThat(judge.parse(reply(server, judge.render(instruction, evolved))))
              .isEqualTo(new Parsed.Accepted<>(false));
          var responding = new Responding();
          Parsed<String> response = responding.parse(reply(server, responding.render(evolved)));
          assertThat(response).isInstanceOf(Parsed.Accepted.class);
          assertThat(
                  new EliminationRules()
                      .check(evolved, ((Parsed.Accepted<String>) response).value()))
              .isEmpty();
          instruction = evolved;
        }
      }
    }
  }

  @Test
  void everyFaultIsRejectedForItsReason() throws Exception {
    Map<Fault, Reason> reasons =
        new EnumMap<>(
            Map.ofEntries(
                Map.entry(Fault.REFUSAL, Reason.REFUSED),
                Map.entry(Fault.TRUNCATION, Reason.TRUNCATED),
                Map.entry(Fault.CONTENT_FILTER, Reason.CONTENT_FILTERED),
                Map.entry(Fault.EMPTY_REPLY, Reason.EMPTY_REPLY),
                Map.entry(Fault.UNCLOSED_THINKING, Reason.UNCLOSED_THINKING),
                Map.entry(Fault.MISSING_MARKER, Reason.MARKERS_MISSING),
                Map.entry(Fault.MARKERS_OUT_OF_ORDER, Reason.MARKERS_OUT_OF_ORDER),
                Map.entry(Fault.EMPTY_PROBLEM, Reason.EMPTY_PROBLEM),
                Map.entry(Fault.EMPTY_SOLUTION, Reason.EMPTY_SOLUTION),
                Map.entry(Fault.TWO_SOLUTIONS, Reason.TWO_SOLUTIONS),
                Map.entry(Fault.UNCHANGED_CHILD, Reason.UNCHANGED),
                Map.entry(Fault.PROMPT_LEAK, Reason.PROMPT_LEAK),
                Map.entry(Fault.ANSWERED_INSTEAD, Reason.ANSWERED_INSTEAD),
                Map.entry(Fault.UNDECIDED_VERDICT, Reason.EQUALITY_UNDECIDED),
                Map.entry(Fault.SORRY_ANSWER, Reason.SORRY_RESPONSE),
                Map.entry(Fault.PUNCTUATION_ANSWER, Reason.ONLY_STOP_WORDS)));
    assertThat(EnumSet.complementOf(EnumSet.copyOf(reasons.keySet())))
        .as("no rejections: tested by name below")
        .containsExactlyInAnyOrder(
            Fault.DUPLICATE_PROBLEM, Fault.DUPLICATE_SOLUTION, Fault.EQUAL_VERDICT);
    for (Map.Entry<Fault, Reason> entry : reasons.entrySet()) {
      Fault fault = entry.getKey();
      try (var server = SimulatedTeacher.start(0, FAULTLESS.withShares(Map.of(fault, 1.0)))) {
        for (PromptKind kind : PromptKind.values()) {
          if (fault.suits(kind)) {
            assertThat(rejection(server, kind))
                .as(fault + " to " + kind)
                .contains(entry.getValue());
          }
        }
      }
    }
  }

  /** Why the reply to a prompt of this kind is rejected. */
  private static Optional<Reason> rejection(SimulatedTeacher server, PromptKind kind)
      throws Exception {
    Heuristic heuristic = Heuristics.code().all().get(0);
    String parent = "Write a function that reverses a list of words.";
    Parsed<?> parsed =
        switch (kind) {
          case OSS_INSTRUCT ->
              new OssInstruct().parse(seed(3), reply(server, new OssInstruct().render(seed(3))));
          case SELF_INSTRUCT ->
              new SelfInstruct()
                  .parse(1, reply(server, new SelfInstruct().render(List.of(parent), 3)));
          case EVOLVE ->
              new EvolInstruct()
                  .parse(
                      heuristic,
                      parent,
                      reply(server, new EvolInstruct().render(heuristic, parent)));
          case JUDGE ->
              new EqualityJudge()
                  .parse(reply(server, new EqualityJudge().render(parent, parent + " Quickly.")));
          case RESPOND -> responded(server, parent);
        };
    return parsed instanceof Parsed.Rejected<?> rejected
        ? Optional.of(rejected.reason())
        : Optional.empty();
  }

  private static Parsed<String> responded(SimulatedTeacher server, String parent) throws Exception {
    Parsed<String> response =
        new Responding().parse(reply(server, new Responding().render(parent)));
    if (response instanceof Parsed.Accepted<String> accepted) {
      Optional<Parsed.Rejected<String>> eliminated =
          new EliminationRules().check(parent, accepted.value());
      return eliminated.isPresent() ? eliminated.get() : response;
    }
    return response;
  }

  @Test
  void duplicateSolutionsAreThoseOfDifferentProblems() throws Exception {
    try (var server =
        SimulatedTeacher.start(0, FAULTLESS.withShares(Map.of(Fault.DUPLICATE_SOLUTION, 1.0)))) {
      Set<String> problems = new HashSet<>();
      Set<String> solutions = new HashSet<>();
      for (int i = 0; i < 6; i++) {
        String text = reply(server, new OssInstruct().render(seed(i))).text();
        int at = text.indexOf("[Solution]");
        problems.add(text.substring(0, at));
        solutions.add(text.substring(at));
      }
      assertThat(problems).hasSize(6);
      assertThat(solutions).hasSize(1);
    }
  }

  @Test
  void duplicatesDifferInSpacingOnly() throws Exception {
    try (var server =
        SimulatedTeacher.start(0, FAULTLESS.withShares(Map.of(Fault.DUPLICATE_PROBLEM, 1.0)))) {
      Set<String> texts = new HashSet<>();
      for (int i = 0; i < 12; i++) {
        texts.add(reply(server, new OssInstruct().render(seed(i))).text());
      }
      assertThat(texts).hasSizeGreaterThan(1);
      assertThat(texts.stream().map(text -> text.replaceAll("\\s+", " ")).distinct()).hasSize(1);
    }
  }

  @Test
  void anEqualVerdictIsUnderstood() throws Exception {
    try (var server =
        SimulatedTeacher.start(0, FAULTLESS.withShares(Map.of(Fault.EQUAL_VERDICT, 1.0)))) {
      var judge = new EqualityJudge();
      assertThat(judge.parse(reply(server, judge.render("a", "b"))))
          .isEqualTo(new Parsed.Accepted<>(true));
    }
  }

  @Test
  void theReplyDependsOnTheRequestAndTheSeedAlone() throws Exception {
    List<TeacherRequest> requests =
        IntStream.range(0, 40).mapToObj(i -> request(new OssInstruct().render(seed(i)))).toList();
    var forwards = replies(SimulatorOptions.defaults(), requests);
    var backwards = new ArrayList<>(requests);
    Collections.reverse(backwards);
    var again = replies(SimulatorOptions.defaults().withLatency(Duration.ofMillis(1)), backwards);
    Collections.reverse(again);
    assertThat(again).isEqualTo(forwards);
    assertThat(replies(SimulatorOptions.defaults().withSeed(1), requests)).isNotEqualTo(forwards);
    assertThat(forwards).extracting(Reply::mark).containsOnly(Mark.SIMULATED);
  }

  private static List<Reply> replies(SimulatorOptions options, List<TeacherRequest> requests)
      throws Exception {
    var replies = new ArrayList<Reply>();
    try (var server = SimulatedTeacher.start(0, options)) {
      for (TeacherRequest request : requests) {
        replies.add(client(server).ask(request, CAP));
      }
    }
    return replies;
  }

  @Test
  void sharesAreMet() throws Exception {
    int requests = 1000;
    var log = folder.resolve("log.jsonl");
    try (var store =
            SqliteResponseStore.open(folder.resolve("s.sqlite"), "run", InstantSource.system());
        var server =
            SimulatedTeacher.start(
                0,
                FAULTLESS
                    .withShares(Map.of(Fault.REFUSAL, 0.1, Fault.TRUNCATION, 0.3))
                    .withLog(log));
        var answering = new Answering(store, 16)) {
      var questions =
          IntStream.range(0, requests)
              .mapToObj(i -> new Question("q" + i, request(new OssInstruct().render(seed(i))), CAP))
              .toList();
      assertThat(answering.answer(client(server), questions))
          .allMatch(Answer.Answered.class::isInstance);
      // Four standard deviations around 100 and 300.
      assertThat(store.stats().byEnding().get(Ending.REFUSAL)).isBetween(62L, 138L);
      assertThat(store.stats().byEnding().get(Ending.LENGTH)).isBetween(242L, 358L);
    }
    Set<String> keys = new HashSet<>();
    int received = 0;
    int answered = 0;
    for (String line : Files.readAllLines(log)) {
      JsonNode event = new ObjectMapper().readTree(line);
      assertThat(event.get("kind").asText()).isEqualTo("oss-instruct");
      assertThat(event.get("outcome").asText()).isIn("good", "refusal", "truncation");
      keys.add(event.get("key").asText());
      received += event.get("event").asText().equals("received") ? 1 : 0;
      answered += event.path("status").asInt() == 200 ? 1 : 0;
    }
    assertThat(received).isEqualTo(requests);
    assertThat(answered).isEqualTo(requests);
    assertThat(keys).hasSize(requests).contains(request(new OssInstruct().render(seed(7))).key());
  }

  @Test
  void aRealModelsNameIsRefusedSoThatNothingIsStoredUnderIt() throws Exception {
    try (var server = SimulatedTeacher.start(0, FAULTLESS)) {
      var real =
          TeacherRequest.of("gpt-4o", List.of(new Message(Role.USER, "hello")), Decoding.greedy());
      assertThatThrownBy(() -> client(server).ask(real, 10))
          .isInstanceOfSatisfying(
              FinalTeacherException.class,
              e -> assertThat(e.kind()).isEqualTo(FailureKind.UNKNOWN_MODEL))
          .hasMessageContaining("model_not_found")
          .hasMessageContaining("only models whose name begins with 'simulated', not 'gpt-4o'");
    }
  }

  @Test
  void aReplyBeyondItsCapIsCutThereAndCounted() throws Exception {
    try (var server = SimulatedTeacher.start(0, FAULTLESS)) {
      var request = request(new OssInstruct().render(seed(1)));
      Reply whole = client(server).ask(request, CAP);
      Reply cut = client(server).ask(request, 20);
      assertThat(whole.ending()).isEqualTo(Ending.STOP);
      assertThat(whole.outputTokens()).isEqualTo((whole.text().length() + 3) / 4);
      assertThat(cut.ending()).isEqualTo(Ending.LENGTH);
      assertThat(cut.outputTokens()).isEqualTo(20);
      assertThat(whole.text()).startsWith(cut.text());
      assertThat(cut.text()).hasSizeBetween(70, 80);
    }
  }

  @Test
  void latencyIsKeptAndModelsAreListed() throws Exception {
    try (var server = SimulatedTeacher.start(0, FAULTLESS.withLatency(Duration.ofMillis(120)))) {
      long start = System.nanoTime();
      reply(server, new Responding().render("Reverse a list."));
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(120_000_000L);
      assertThat(get(server.baseUrl() + "/models").body()).contains("\"id\":\"simulated-1\"");
      assertThat(get(server.baseUrl() + "/elsewhere").statusCode()).isEqualTo(404);
      assertThat(get(server.baseUrl() + "/chat/completions").statusCode()).isEqualTo(405);
    }
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsNoRequestIsRefused() throws Exception {
    try (var server = SimulatedTeacher.start(0, FAULTLESS)) {
      for (String body :
          List.of(
              "",
              "[]",
              "{",
              "{\"model\":\"simulated-1\",\"messages\":[]}",
              "{\"model\":\"simulated-1\",\"messages\":[{\"role\":\"robot\",\"content\":\"\"}]}",
              "{\"model\":\"simulated-1\",\"max_tokens\":0,"
                  + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")) {
        HttpResponse<String> response =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(body).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"invalid_request\"");
      }
    }
  }

  @Test
  void sharesAndOtherOptionsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> FAULTLESS.withShares(Map.of(Fault.REFUSAL, 1.5)))
        .hasMessage("share of refusal must be 0 to 1, but was 1.5");
    assertThatThrownBy(() -> FAULTLESS.withShares(Map.of(Fault.REFUSAL, Double.NaN)))
        .hasMessage("share of refusal must be 0 to 1, but was NaN");
    assertThatThrownBy(
            () ->
                FAULTLESS.withShares(
                    Map.of(Fault.EQUAL_VERDICT, 0.7, Fault.UNDECIDED_VERDICT, 0.7)))
        .hasMessageContaining("shares of the faults of judge must add up to 1 at most");
    assertThatThrownBy(() -> FAULTLESS.withLatency(Duration.ofSeconds(-1)))
        .hasMessageContaining("latency must be 0 or more");
  }
}
