package org.seedwright.pipelines.teacher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** A question on its way: waiting for a thread, being tried, or waiting to be tried again. */
final class OpenQuestion implements Delayed {
  final Question question;
  final String key;
  final CompletableFuture<Asked> asked;
  private final AtomicBoolean abandoned;
  private final LongSupplier clock;

  /** Failed tries that count against the back-off's bound. */
  int failures;

  /** Tries sent. */
  int tries;

  /** How often the store said that somebody else awaits the reply. */
  int polls;

  /** Why it is waiting to be tried again. */
  TeacherException lastFailure;

  private long due;

  OpenQuestion(
      Question question,
      String key,
      CompletableFuture<Asked> asked,
      AtomicBoolean abandoned,
      LongSupplier clock) {
    this.question = question;
    this.key = key;
    this.asked = asked;
    this.abandoned = abandoned;
    this.clock = clock;
    this.due = clock.getAsLong();
  }

  int cap() {
    return question.maxOutputTokens();
  }

  boolean isAbandoned() {
    return abandoned.get();
  }

  /** Sets when it is to be tried; only while it waits nowhere. */
  void waitFor(long nanos) {
    due = clock.getAsLong() + nanos;
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(due - clock.getAsLong(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.signum(due - ((OpenQuestion) other).due);
  }
}
