package org.seedwright.evaluate.sandbox;

import java.io.InputStream;
import java.io.OutputStream;

/** The manager process of a slot, seen from outside: its standard streams, and its end. */
public interface Link extends AutoCloseable {
  /** What the manager reads. */
  OutputStream requests();

  /** What the manager writes. */
  InputStream answers();

  /** What else is known of why it does not answer, such as its standard error; may be empty. */
  String complaint();

  /** Ends every process of the slot, whatever it does; a second call does nothing. */
  @Override
  void close();
}
