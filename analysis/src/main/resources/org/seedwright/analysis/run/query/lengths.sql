-- How long instructions and responses of the data set are, and the replies that made its rows: texts
-- in tokens of cl100k_base, replies in tokens as the teacher's server counted them.
WITH lengths AS (
  SELECT round, text, 'cl100k_base' AS unit, tokens AS length FROM kept JOIN tokens USING (id)
  UNION ALL
  SELECT round, 'reply to ' || role, 'as counted', tokens
  FROM (SELECT round, unnest(roles) AS role, unnest(output_tokens) AS tokens FROM kept)
  -- A server that does not count says 0.
  WHERE tokens > 0 AND role <> 'judge'),
labelled AS (
  SELECT unnest([CAST(round AS VARCHAR), 'all']) AS label, text, unit, length FROM lengths)
SELECT
  label AS round,
  text,
  unit,
  count(*) AS texts,
  CAST(sum(length) AS BIGINT) AS total,
  CAST(min(length) AS BIGINT) AS min,
  CAST(quantile_disc(length, 0.5) AS BIGINT) AS median,
  avg(length) AS mean,
  CAST(quantile_disc(length, 0.95) AS BIGINT) AS p95,
  CAST(max(length) AS BIGINT) AS max
FROM labelled
GROUP BY label, text, unit
ORDER BY TRY_CAST(label AS INTEGER) NULLS LAST, text, unit
