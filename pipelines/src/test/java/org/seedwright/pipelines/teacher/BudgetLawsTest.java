package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Account;
import org.seedwright.pipelines.store.Budget;
import org.seedwright.pipelines.store.Channel;
import org.seedwright.pipelines.store.Cost;
import org.seedwright.pipelines.store.InDoubt;
import org.seedwright.pipelines.store.Opening;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.Requests;
import org.seedwright.pipelines.store.ResponseStore;
import org.seedwright.pipelines.store.SqliteResponseStore;
import org.seedwright.pipelines.store.StoreException;
import org.seedwright.pipelines.store.StoreStats;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.store.TransportFailure;
import org.seedwright.pipelines.teacher.Answer.Unanswered;

/**
 * A budget holds whatever happens: over prices, caps, lengths of replies, failures that are billed
 * and that are not, kills at any write, and reruns. The bill is the provider's own.
 */
class BudgetLawsTest {
  private static final String RUN = "run";
  private static Path scratch;

  /** In memory where the machine has such a folder: a thousand stores are synced to it. */
  @BeforeContainer
  static void makeScratch() throws IOException {
    Path memory = Path.of("/dev/shm");
    scratch =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "budget")
            : Files.createTempDirectory("budget");
  }

  @AfterContainer
  static void removeScratch() throws IOException {
    removeTree(scratch);
  }

  private static void removeTree(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = 50)
  void theProvidersBillIsNeverOverTheBudget(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed) throws Exception {
    runUnderABudget(seed);
  }

  @Property(tries = 1000)
  @AddLifecycleHook(OnlySlow.class)
  void theProvidersBillIsNeverOverTheBudgetInAThousandRuns(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed) throws Exception {
    runUnderABudget(seed);
  }

  private static void runUnderABudget(long seed) throws Exception {
    var random = new SplittableRandom(seed);
    Path folder = Files.createTempDirectory(scratch, "store");
    try {
      var provider = new Provider(seed);
      List<Question> questions = questions(random);
      Price price = price(random);
      Budget budget = budget(random, price, questions);
      int sessions = 1 + random.nextInt(3);
      for (int session = 0; session < sessions; session++) {
        if (random.nextInt(4) == 0) {
          price = price(random);
        }
        if (random.nextInt(4) == 0) {
          budget = larger(budget, random);
        }
        provider.price = price;
        session(folder.resolve("store.sqlite"), budget, provider, questions, random);
      }
    } finally {
      removeTree(folder);
    }
  }

  /** One process of the run, which is killed at some write or comes to an end. */
  private static void session(
      Path file,
      Budget budget,
      Provider provider,
      List<Question> questions,
      SplittableRandom random)
      throws Exception {
    int lastWrite = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(20);
    boolean written = random.nextBoolean();
    List<Answer> answers = List.of();
    try (var store = SqliteResponseStore.open(file, RUN, budget, InstantSource.system())) {
      var mortal = new Mortal(store, lastWrite, written);
      try (var answering = new Answering(mortal, 1 + random.nextInt(4))) {
        answers = answering.answer(provider, questions);
      } catch (StoreException killed) {
        assertThat(killed).hasMessage(Mortal.KILLED);
      }
      Account account = store.account();
      assertThat(budget.covers(provider.bill()))
          .as("bill %s, %s", provider.bill(), budget)
          .isTrue();
      assertThat(provider.bill().tokens()).isLessThanOrEqualTo(account.committed().tokens());
      assertThat(provider.bill().nanoUsd()).isLessThanOrEqualTo(account.committed().nanoUsd());
      assertThat(budget.covers(account.committed())).as("%s, %s", account, budget).isTrue();
      List<Question> refused = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i) instanceof Unanswered unanswered
            && unanswered.kind() == FailureKind.OVER_BUDGET) {
          refused.add(questions.get(i));
        }
      }
      if (!refused.isEmpty()) {
        assertThat(refused)
            .as("what is left of %s after %s is under a request's worst case", budget, account)
            .anyMatch(
                question -> !budget.covers(account.committed().plus(worst(provider, question))));
      }
    }
  }

  private static Cost worst(Provider provider, Question question) {
    return provider.price.worst(question.request(), question.maxOutputTokens());
  }

  private static List<Question> questions(SplittableRandom random) {
    var questions = new ArrayList<Question>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      TeacherRequest request =
          Requests.request("question %d %s".formatted(i, "é".repeat(random.nextInt(40))));
      questions.add(new Question("label " + i, request, 1 + random.nextInt(60)));
    }
    return questions;
  }

  /** From nothing to ten thousand dollars for a million tokens, to the millionth. */
  private static Price price(SplittableRandom random) {
    return new Price(amount(random), amount(random));
  }

  private static BigDecimal amount(SplittableRandom random) {
    long most = 1L << random.nextInt(34);
    return BigDecimal.valueOf(random.nextLong(most) * random.nextInt(2), 6);
  }

  /** Of dollars or tokens or both: from less than one request to enough for all and more. */
  private static Budget budget(SplittableRandom random, Price price, List<Question> questions) {
    Cost all =
        questions.stream()
            .map(question -> price.worst(question.request(), question.maxOutputTokens()))
            .reduce(Cost.FREE, Cost::plus);
    int limited = 1 + random.nextInt(3);
    return new Budget(
        limited == 1 ? OptionalLong.empty() : part(all.tokens(), random),
        limited == 2 ? OptionalLong.empty() : part(all.nanoUsd(), random));
  }

  private static OptionalLong part(long all, SplittableRandom random) {
    return OptionalLong.of((long) (all * random.nextDouble() * 1.5));
  }

  private static Budget larger(Budget budget, SplittableRandom random) {
    return new Budget(more(budget.tokens(), random), more(budget.nanoUsd(), random));
  }

  private static OptionalLong more(OptionalLong limit, SplittableRandom random) {
    return limit.isEmpty()
        ? limit
        : OptionalLong.of(limit.getAsLong() + random.nextLong(limit.getAsLong() / 2 + 1));
  }

  /** A provider that sends its bill for whatever it worked on, whether the reply arrived or not. */
  private static final class Provider implements Teacher {
    private final long seed;
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private Cost bill = Cost.FREE;
    private volatile Price price = Price.NONE;

    Provider(long seed) {
      this.seed = seed;
    }

    @Override
    public Terms terms() {
      return new Terms(new Backoff(3, Duration.ZERO, Duration.ZERO), price);
    }

    synchronized Cost bill() {
      return bill;
    }

    private synchronized void bill(long inputTokens, long outputTokens) {
      bill = bill.plus(price.of(inputTokens, outputTokens));
    }

    @Override
    public Reply ask(TeacherRequest request, int cap) throws TeacherException {
      int time = asked.merge(request.key(), 1, Integer::sum);
      var random = new SplittableRandom(seed ^ (request.key() + time).hashCode());
      long promptAtMost = price.worst(request, cap).tokens() - cap;
      long input = 1 + random.nextLong(promptAtMost);
      long output = random.nextInt(4) == 0 ? cap : 1 + random.nextInt(cap);
      int fate = random.nextInt(20);
      if (fate < 2) {
        throw failed(FailureKind.SERVER_ERROR);
      }
      if (fate == 2) {
        throw failed(FailureKind.TIMEOUT);
      }
      bill(input, output);
      if (fate < 6) {
        throw failed(
            List.of(FailureKind.TIMEOUT, FailureKind.CONNECTION, FailureKind.MALFORMED_REPLY)
                .get(fate - 3));
      }
      boolean counts = fate < 18;
      return new Reply(
          request.key(),
          output == cap ? Ending.LENGTH : Ending.STOP,
          "reply",
          Optional.empty(),
          "provider",
          counts ? input : 0,
          counts ? output : 0,
          cap,
          Mark.TEACHER);
    }

    private static TeacherException failed(FailureKind kind) {
      return new RetriableTeacherException(kind, OptionalInt.empty(), "because", Optional.empty());
    }
  }

  /** A store of a process that is killed at its n-th write, before or after it was durable. */
  private record Mortal(ResponseStore store, int[] writes, boolean written)
      implements ResponseStore {
    static final String KILLED = "killed";

    Mortal(ResponseStore store, int writes, boolean written) {
      this(store, new int[] {writes}, written);
    }

    /** Something that is written. */
    private interface Write<T> {
      T go();
    }

    private <T> T write(Write<T> write) {
      synchronized (writes) {
        writes[0]--;
        if (writes[0] == -1 && written) {
          write.go();
        }
        live();
      }
      return write.go();
    }

    private void live() {
      synchronized (writes) {
        if (writes[0] < 0) {
          throw new StoreException(KILLED);
        }
      }
    }

    @Override
    public Optional<Reply> find(String key, int maxOutputTokens) {
      live();
      return store.find(key, maxOutputTokens);
    }

    @Override
    public Optional<TeacherRequest> request(String key) {
      return store.request(key);
    }

    @Override
    public Opening open(TeacherRequest request, int maxOutputTokens, Cost worst, Channel channel) {
      return write(() -> store.open(request, maxOutputTokens, worst, channel));
    }

    @Override
    public Reply stored(long call, Reply reply, Cost cost) {
      return write(() -> store.stored(call, reply, cost));
    }

    @Override
    public void failed(long call, TransportFailure failure, Cost charged) {
      write(
          () -> {
            store.failed(call, failure, charged);
            return true;
          });
    }

    @Override
    public boolean add(TeacherRequest request, Reply reply) {
      return write(() -> store.add(request, reply));
    }

    @Override
    public List<InDoubt> inDoubt() {
      return store.inDoubt();
    }

    @Override
    public List<InDoubt> exported() {
      return store.exported();
    }

    @Override
    public Budget budget() {
      return store.budget();
    }

    @Override
    public Account account() {
      return store.account();
    }

    @Override
    public Map<String, Account> accounts() {
      return store.accounts();
    }

    @Override
    public StoreStats stats() {
      return store.stats();
    }

    @Override
    public void close() {}
  }
}
