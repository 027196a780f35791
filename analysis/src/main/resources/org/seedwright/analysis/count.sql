SELECT count(*)
FROM read_parquet({parts}, hive_partitioning = false)
