-- Each branch, and all of them.
WITH counts AS (
  SELECT
    branch,
    count(*) FILTER (kind_of(stage) = 'respond') AS answered,
    count(*) FILTER (kind_of(stage) = 'merge') AS merged,
    count(*) FILTER (kind_of(stage) = 'mix') AS mixed,
    count(*) FILTER (kind_of(stage) = 'dataset') AS kept
  FROM samples
  GROUP BY branch),
spent AS (
  SELECT branch, sum(input_tokens + output_tokens) AS tokens, sum(nano_usd) AS nano_usd
  FROM spend
  GROUP BY branch),
figures AS (SELECT * FROM counts LEFT JOIN spent USING (branch))
SELECT
  CASE WHEN grouping(branch) = 1 THEN 'all' ELSE branch END AS branch,
  CASE WHEN is_finished('respond') THEN CAST(sum(answered) AS BIGINT) END AS answered,
  CASE WHEN is_finished('merge') THEN CAST(sum(merged) AS BIGINT) END AS merged,
  CASE WHEN is_finished('mix') THEN CAST(sum(mixed) AS BIGINT) END AS mixed,
  CASE WHEN is_finished('dataset') THEN CAST(sum(kept) AS BIGINT) END AS kept,
  CASE WHEN is_finished('dataset')
    THEN sum(kept) / nullif(max(sum(kept)) OVER (), 0) END AS share_kept,
  CAST(sum(tokens) AS BIGINT) AS tokens,
  sum(tokens) / nullif(sum(kept), 0) AS tokens_per_kept,
  nullif(sum(nano_usd), 0) / 1e9 AS usd,
  nullif(sum(nano_usd), 0) / 1e9 / nullif(sum(kept), 0) AS usd_per_kept
FROM figures
GROUP BY GROUPING SETS ((branch), ())
ORDER BY grouping(branch), branch
