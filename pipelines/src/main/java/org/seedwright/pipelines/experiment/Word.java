package org.seedwright.pipelines.experiment;

/** A constant that the experiment file names by a kebab-case word. */
interface Word {

  /** Returns the word in the file; never reused for another meaning. */
  String id();
}
