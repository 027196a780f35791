SELECT
  id,
  parent_id,
  branch,
  round,
  heuristic,
  language,
  origin.license AS license,
  instruction,
  response,
  list_transform(calls, lambda call: call.role) AS roles,
  list_transform(calls, lambda call: call.output_tokens) AS output_tokens
FROM read_parquet({parts}, hive_partitioning = false)
