SELECT id, language, license
FROM read_parquet({parts}, hive_partitioning = false)
