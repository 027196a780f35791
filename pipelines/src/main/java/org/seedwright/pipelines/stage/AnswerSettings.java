package org.seedwright.pipelines.stage;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.seedwright.pipelines.engine.ClusterUnusableException;
import org.seedwright.pipelines.teacher.Answering;
import org.seedwright.pipelines.teacher.Teacher;

/**
 * What a worker needs in order to answer requests in its own process: who is asked, under what
 * limits, and where the store is that all processes share. It travels with the job, so it holds no
 * key and no password; those come from the environment of the worker. Equal settings open one desk
 * in a process.
 */
public interface AnswerSettings extends Serializable {
  /**
   * Opens the store and the teachers.
   *
   * @throws ClusterUnusableException if this process can never answer: its environment lacks a key
   *     or a password
   * @throws IOException if it cannot now
   */
  Desk open() throws IOException;

  /**
   * What answers in one process.
   *
   * @param teachers by the role that the stages ask for
   * @param store closed after the answering
   */
  record Desk(Answering answering, Map<String, Teacher> teachers, AutoCloseable store)
      implements AutoCloseable {
    /** How long replies are awaited that are open when a job is cancelled or fails. */
    private static final Duration DRAIN = Duration.ofSeconds(20);

    @Override
    public void close() throws IOException {
      try {
        answering.drain(DRAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      answering.close();
      try {
        store.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
