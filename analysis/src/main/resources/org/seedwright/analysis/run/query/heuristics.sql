-- Each heuristic in each round, and in all of them.
WITH units AS (
  SELECT
    round,
    heuristic,
    count(*) FILTER (kind = 'evolve') AS asked,
    CASE WHEN round IN (SELECT round_of(stage) FROM stages WHERE kind = 'respond')
      THEN count(*) FILTER (kind = 'respond' AND reason IS NULL) END AS answered,
    count(*) FILTER (reason IN ('refused', 'content-filtered', 'sorry-response')) AS refused
  FROM fates
  WHERE heuristic IS NOT NULL
  GROUP BY round, heuristic),
kept_rows AS (SELECT round, heuristic, count(*) AS kept FROM kept GROUP BY round, heuristic),
spent AS (
  SELECT round, heuristic, sum(input_tokens + output_tokens) AS tokens, sum(nano_usd) AS nano_usd
  FROM spend
  GROUP BY round, heuristic),
figures AS (
  SELECT
    unnest([CAST(round AS VARCHAR), 'all']) AS label,
    heuristic,
    asked,
    answered,
    refused,
    CASE WHEN is_finished('dataset') THEN coalesce(kept, 0) END AS kept,
    tokens,
    nano_usd
  FROM units
  LEFT JOIN kept_rows USING (round, heuristic)
  LEFT JOIN spent USING (round, heuristic)),
grown AS (
  SELECT
    label,
    heuristic,
    median(instruction_growth) AS instruction_growth,
    median(response_growth) AS response_growth
  FROM (SELECT unnest([CAST(round AS VARCHAR), 'all']) AS label, * FROM growth)
  GROUP BY label, heuristic)
SELECT
  label AS round,
  heuristic,
  CAST(sum(asked) AS BIGINT) AS asked,
  CAST(sum(refused) AS BIGINT) AS refused,
  CAST(sum(answered) AS BIGINT) AS answered,
  sum(answered) / nullif(sum(asked) FILTER (answered IS NOT NULL), 0) AS yield,
  CAST(sum(kept) AS BIGINT) AS kept,
  sum(kept) / nullif(sum(answered), 0) AS survival,
  any_value(instruction_growth) AS instruction_growth,
  any_value(response_growth) AS response_growth,
  CAST(sum(tokens) AS BIGINT) AS tokens,
  sum(tokens) / nullif(sum(kept), 0) AS tokens_per_kept,
  nullif(sum(nano_usd), 0) / 1e9 AS usd,
  nullif(sum(nano_usd), 0) / 1e9 / nullif(sum(kept), 0) AS usd_per_kept
FROM figures
LEFT JOIN grown USING (label, heuristic)
GROUP BY label, heuristic
ORDER BY TRY_CAST(label AS INTEGER) NULLS LAST, heuristic
