SELECT DISTINCT CAST({column} AS VARCHAR) AS id
FROM read_parquet({parts}, hive_partitioning = false)
WHERE starts_with(CAST({column} AS VARCHAR), ?)
ORDER BY id
LIMIT ?
