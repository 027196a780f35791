/**
 * The experiment file: YAML read into immutable records, all its mistakes reported at once with
 * their lines, and its JSON Schema, written from the same binding code. Each feature's record binds
 * its own mapping; nothing here knows a stage, a table or a teacher.
 */
package org.seedwright.pipelines.experiment;
