/** Records as Parquet tables: mapping, canonical form, content hash, sorted shards. */
package org.seedwright.pipelines.table;
