-- An absent value is a group of its own.
SELECT CAST({column} AS VARCHAR) AS value, count(*) AS row_count
FROM read_parquet({parts}, hive_partitioning = false)
GROUP BY value
ORDER BY row_count DESC, value NULLS LAST
