/**
 * What tables say, read from Parquet through DuckDB inside the process; nothing here writes. {@link
 * org.seedwright.analysis.Tables} knows tables as folders of parts with named columns: rows, counts
 * and lengths. {@link org.seedwright.analysis.RunTables} answers standing questions about the
 * stages of a run; the queries are resource files, which know stages by their names and rows by
 * their columns.
 */
package org.seedwright.analysis;
