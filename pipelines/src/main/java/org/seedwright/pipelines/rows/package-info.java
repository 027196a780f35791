/**
 * Anyone's rows: JSONL and Parquet files with any columns, read in one order by many threads, and
 * the Parquet files that are written of them.
 */
package org.seedwright.pipelines.rows;
