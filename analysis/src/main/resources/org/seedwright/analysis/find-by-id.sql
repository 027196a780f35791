SELECT to_json(COLUMNS(*))
FROM read_parquet({parts}, hive_partitioning = false)
WHERE CAST({column} AS VARCHAR) = ?
LIMIT 1
