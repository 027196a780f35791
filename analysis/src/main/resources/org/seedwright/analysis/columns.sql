SELECT column_name, column_type
FROM (DESCRIBE SELECT * FROM read_parquet({parts}, hive_partitioning = false))
