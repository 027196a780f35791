-- Each round of evolution, and all of them.
WITH rounds AS (
  SELECT
    round_of(stage) AS round,
    bool_or(kind = 'respond') AS is_answered
  FROM stages
  WHERE kind IN ('instruct', 'evolve', 'respond')
  GROUP BY ALL),
units AS (
  SELECT
    round,
    count(*) FILTER (kind IN ('instruct', 'evolve')) AS asked,
    count(*) FILTER (kind = 'respond') AS given,
    count(*) FILTER (kind = 'respond' AND reason IS NULL) AS answered,
    count(*) FILTER (reason IN ('refused', 'content-filtered', 'sorry-response')) AS refused
  FROM fates
  GROUP BY round),
kept_rows AS (SELECT round, count(*) AS kept FROM kept GROUP BY round),
spent AS (
  SELECT round, sum(input_tokens + output_tokens) AS tokens, sum(nano_usd) AS nano_usd
  FROM spend
  GROUP BY round),
figures AS (
  SELECT
    unnest([CAST(round AS VARCHAR), 'all']) AS label,
    -- Instructions that were there already were not asked for.
    coalesce(nullif(asked, 0), given, 0) AS asked,
    CASE WHEN is_answered THEN coalesce(answered, 0) END AS answered,
    coalesce(refused, 0) AS refused,
    CASE WHEN is_finished('dataset') THEN coalesce(kept, 0) END AS kept,
    tokens,
    nano_usd
  FROM rounds
  LEFT JOIN units USING (round)
  LEFT JOIN kept_rows USING (round)
  LEFT JOIN spent USING (round)),
grown AS (
  SELECT
    label,
    median(instruction_growth) AS instruction_growth,
    median(response_growth) AS response_growth
  FROM (SELECT unnest([CAST(round AS VARCHAR), 'all']) AS label, * FROM growth)
  GROUP BY label)
SELECT
  label AS round,
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
LEFT JOIN grown USING (label)
GROUP BY label
ORDER BY TRY_CAST(label AS INTEGER) NULLS LAST
