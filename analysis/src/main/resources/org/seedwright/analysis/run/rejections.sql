SELECT id, round, heuristic, reason
FROM read_parquet({parts}, hive_partitioning = false)
