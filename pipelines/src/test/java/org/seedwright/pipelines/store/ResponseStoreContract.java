package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seedwright.pipelines.store.Requests.ended;
import static org.seedwright.pipelines.store.Requests.failure;
import static org.seedwright.pipelines.store.Requests.reply;
import static org.seedwright.pipelines.store.Requests.request;
import static org.seedwright.pipelines.store.Requests.sent;
import static org.seedwright.pipelines.store.Requests.truncated;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.instruct.Mark;

/** What every response store guarantees; each implementation extends this. */
public abstract class ResponseStoreContract {

  /** Opens the one store of this test; closed and opened again, it is the same store. */
  protected abstract ResponseStore open(String run);

  @Test
  void aReplyComesBackAsItWasStored() {
    var request = request("odd characters");
    var reply =
        new Reply(
            request.key(),
            Ending.STOP,
            "NUL \u0000, tab \t, emoji \ud83c\udf31, half a pair \ud83c, line\u2028 end\r\n",
            Optional.of("let me think"),
            "served",
            12,
            34,
            100,
            Mark.DEMONSTRATION);
    try (ResponseStore store = open("run")) {
      assertThat(store.stored(sent(store, request, 100), reply, Cost.FREE)).isEqualTo(reply);
    }
    try (ResponseStore store = open("run")) {
      assertThat(store.find(request.key(), 100)).contains(reply);
      assertThat(store.request(request.key())).contains(request);
    }
  }

  @Test
  void anUnknownRequestHasNoReply() {
    try (ResponseStore store = open("run")) {
      assertThat(store.find(request("never asked").key(), 100)).isEmpty();
      assertThat(store.request(request("never asked").key())).isEmpty();
    }
  }

  @Test
  void aReplyThatEndedByItselfServesEveryCapNotBelowItsLength() {
    var request = request("short");
    try (ResponseStore store = open("run")) {
      var reply = ended(request, "42", 50, 100);
      store.add(request, reply);
      assertThat(store.find(request.key(), 49)).isEmpty();
      assertThat(store.find(request.key(), 50)).contains(reply);
      assertThat(store.find(request.key(), 100_000)).contains(reply);
    }
  }

  @Test
  void refusalsAndFilteredRepliesEndedByThemselves() {
    for (Ending ending : List.of(Ending.REFUSAL, Ending.CONTENT_FILTER)) {
      var request = request("ending " + ending);
      try (ResponseStore store = open("run")) {
        store.add(request, reply(request, ending, "", 5, 10));
        assertThat(store.find(request.key(), 4)).isEmpty();
        assertThat(store.find(request.key(), 2_000)).isPresent();
      }
    }
  }

  @Test
  void aTruncatedReplyServesOnlyCapsNotAboveItsOwn() {
    var request = request("long");
    try (ResponseStore store = open("run")) {
      var reply = truncated(request, "and so", 100);
      store.add(request, reply);
      assertThat(store.find(request.key(), 99)).contains(reply);
      assertThat(store.find(request.key(), 100)).contains(reply);
      assertThat(store.find(request.key(), 101)).isEmpty();
    }
  }

  @Test
  void ofSeveralServingRepliesTheFirstStoredIsFoundForEver() {
    var request = request("asked under several caps");
    try (ResponseStore store = open("run")) {
      var first = ended(request, "first", 150, 200);
      var second = ended(request, "second", 90, 100);
      var third = truncated(request, "third", 300);
      store.add(request, first);
      assertThat(store.find(request.key(), 120)).isEmpty();
      store.add(request, second);
      store.add(request, third);
      assertThat(store.find(request.key(), 120)).contains(second);
      assertThat(store.find(request.key(), 200)).contains(first);
      assertThat(store.find(request.key(), 40)).contains(third);
    }
  }

  @Test
  void theFirstReplyUnderAKeyAndCapStays() {
    var request = request("twice");
    try (ResponseStore store = open("run")) {
      long one = sent(store, request, 100);
      store.add(request, ended(request, "one", 3, 100));
      assertThat(store.stored(one, ended(request, "two", 3, 100), Cost.FREE).text())
          .isEqualTo("one");
      assertThat(store.add(request, ended(request, "three", 3, 100))).isFalse();
      assertThat(store.find(request.key(), 100).orElseThrow().text()).isEqualTo("one");
      assertThat(store.stats().replies()).isEqualTo(1);
    }
  }

  @Test
  void aReplyIsStoredOnlyForTheCallThatAskedForIt() {
    var request = request("a");
    try (ResponseStore store = open("run")) {
      long call = sent(store, request, 100);
      assertThatThrownBy(() -> store.stored(call, ended(request("b"), "no", 1, 100), Cost.FREE))
          .hasMessageContaining("is not open for request " + request("b").key());
      assertThatThrownBy(() -> store.failed(call + 1, failure(request), Cost.FREE))
          .hasMessageContaining("call %d is not open".formatted(call + 1));
      assertThat(store.find(request("b").key(), 100)).isEmpty();
      store.stored(call, ended(request, "yes", 1, 100), Cost.FREE);
      assertThat(store.find(request.key(), 100)).isPresent();
    }
  }

  @Test
  void ofManyWhoCloseATryOneDoes() throws Exception {
    var worst = new Cost(100, 10);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try (ResponseStore store = open("run")) {
      for (int i = 0; i < 20; i++) {
        var request = request("request " + i);
        var opened = (Opening.Opened) store.open(request, 10, worst, Channel.CALL);
        Callable<Boolean> closing =
            () -> {
              try {
                store.stored(opened.call(), ended(request, "yes", 1, 10), worst);
                return true;
              } catch (IllegalArgumentException closedBefore) {
                return false;
              }
            };
        int closed = 0;
        for (Future<Boolean> one : pool.invokeAll(Collections.nCopies(8, closing))) {
          closed += one.get() ? 1 : 0;
        }
        assertThat(closed).isEqualTo(1);
      }
      assertThat(store.account()).isEqualTo(new Account(new Cost(2000, 200), Cost.FREE));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void callsLeftOpenByAnEarlierProcessAreInDoubtAndStaySo() {
    var lost = request("lost");
    try (ResponseStore store = open("first")) {
      store.stored(sent(store, request("kept"), 10), ended(request("kept"), "x", 1, 10), Cost.FREE);
      store.failed(sent(store, request("refused"), 10), failure(request("refused")), Cost.FREE);
      sent(store, lost, 77);
      assertThat(store.inDoubt()).as("this process still waits for it").isEmpty();
    }
    try (ResponseStore store = open("second")) {
      assertThat(store.inDoubt())
          .singleElement()
          .satisfies(
              call -> {
                assertThat(call.key()).isEqualTo(lost.key());
                assertThat(call.run()).isEqualTo("first");
                assertThat(call.maxOutputTokens()).isEqualTo(77);
              });
      store.stored(sent(store, lost, 77), ended(lost, "again", 1, 77), Cost.FREE);
      assertThat(store.inDoubt()).as("it may have been paid twice").hasSize(1);
    }
  }

  @Test
  void statsCountWhatIsThere() {
    try (ResponseStore store = open("run")) {
      store.add(request("a"), ended(request("a"), "a", 10, 100));
      store.add(request("b"), truncated(request("b"), "b", 100));
      store.add(request("c"), reply(request("c"), Ending.REFUSAL, "no", 1, 100));
      store.failed(sent(store, request("d"), 100), failure(request("d")), Cost.FREE);
      assertThat(store.stats())
          .isEqualTo(
              new StoreStats(
                  3,
                  Map.of(Ending.STOP, 1L, Ending.LENGTH, 1L, Ending.REFUSAL, 1L),
                  51,
                  111,
                  1,
                  0));
    }
  }

  @Test
  void manyThreadsStoreAtOnceAndNothingIsLost() throws Exception {
    int threads = 16;
    int each = 40;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (ResponseStore store = open("run")) {
      var futures = new ArrayList<Future<?>>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        futures.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    var request = request("thread %d request %d".formatted(thread, i));
                    store.stored(
                        sent(store, request, 10), ended(request, "r" + i, 1, 10), Cost.FREE);
                    assertThat(store.find(request.key(), 10)).isPresent();
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
    try (ResponseStore store = open("run")) {
      assertThat(store.stats().replies()).isEqualTo((long) threads * each);
      assertThat(store.inDoubt()).isEmpty();
      assertThat(IntStream.range(0, threads))
          .allMatch(
              t -> store.find(request("thread %d request 0".formatted(t)).key(), 10).isPresent());
    }
  }

  @Test
  void anOpenTryIsReservedAndAClosedOneIsChargedToTheRunThatSentIt() {
    var bought = request("bought");
    var lost = request("lost");
    var cut = request("cut");
    try (ResponseStore store = open("first")) {
      long one = opened(store.open(bought, 10, new Cost(100, 9), Channel.CALL));
      long two = opened(store.open(cut, 10, new Cost(200, 20), Channel.CALL));
      opened(store.open(lost, 10, new Cost(400, 40), Channel.CALL));
      assertThat(store.account()).isEqualTo(new Account(Cost.FREE, new Cost(700, 69)));
      store.stored(one, ended(bought, "x", 1, 10), new Cost(11, 1));
      store.failed(two, failure(cut), new Cost(200, 20));
      assertThat(store.account()).isEqualTo(new Account(new Cost(211, 21), new Cost(400, 40)));
    }
    try (ResponseStore store = open("second")) {
      assertThat(store.account()).isEqualTo(Account.EMPTY);
    }
    try (ResponseStore store = open("first")) {
      assertThat(store.account())
          .as("what is in doubt stays reserved")
          .isEqualTo(new Account(new Cost(211, 21), new Cost(400, 40)));
    }
  }

  @Test
  void whatIsAnsweredOrAwaitedIsNotOpenedAgain() {
    var request = request("once");
    try (ResponseStore store = open("run")) {
      long call = sent(store, request, 10);
      assertThat(store.open(request, 10, Cost.FREE, Channel.CALL))
          .isEqualTo(new Opening.Elsewhere());
      var reply = ended(request, "x", 1, 10);
      store.stored(call, reply, Cost.FREE);
      assertThat(store.open(request, 10, Cost.FREE, Channel.CALL))
          .isEqualTo(new Opening.Answered(reply));
    }
  }

  @Test
  void anExportedRequestWaitsForItsReplyOverProcessesAndIsNotInDoubt() {
    var request = request("exported");
    try (ResponseStore store = open("run")) {
      opened(store.open(request, 10, new Cost(5, 5), Channel.FILE));
      assertThat(store.open(request, 10, Cost.FREE, Channel.FILE))
          .isEqualTo(new Opening.Elsewhere());
    }
    try (ResponseStore store = open("run")) {
      assertThat(store.inDoubt()).isEmpty();
      assertThat(store.open(request, 10, Cost.FREE, Channel.FILE))
          .isEqualTo(new Opening.Elsewhere());
      InDoubt waiting = store.exported().get(0);
      assertThat(waiting.key()).isEqualTo(request.key());
      store.stored(waiting.call(), ended(request, "x", 1, 10), new Cost(2, 2));
      assertThat(store.exported()).isEmpty();
      assertThat(store.account()).isEqualTo(new Account(new Cost(2, 2), Cost.FREE));
    }
  }

  private static long opened(Opening opening) {
    return ((Opening.Opened) opening).call();
  }
}
