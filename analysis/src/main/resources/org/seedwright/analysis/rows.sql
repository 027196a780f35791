SELECT to_json(COLUMNS(*))
FROM read_parquet({parts}, hive_partitioning = false)
LIMIT ? OFFSET ?
