SELECT id, language, origin.license AS license
FROM read_parquet({parts}, hive_partitioning = false)
