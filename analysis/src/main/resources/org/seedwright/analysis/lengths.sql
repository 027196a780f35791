-- quantile_disc takes a length that occurs, so that the answer is a whole number.
SELECT
  count(characters),
  min(characters),
  quantile_disc(characters, 0.5),
  avg(characters),
  quantile_disc(characters, 0.95),
  max(characters)
FROM (SELECT length({column}) AS characters FROM read_parquet({parts}, hive_partitioning = false))
