/**
 * What tables say: rows, counts and lengths, read from Parquet through DuckDB inside the process.
 * It knows tables as folders of parts with named columns and no stage; nothing here writes.
 */
package org.seedwright.analysis;
