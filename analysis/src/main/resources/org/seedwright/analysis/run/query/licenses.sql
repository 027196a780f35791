-- How many files, seeds and rows each license has, and all of them.
WITH counts AS (
  SELECT
    license,
    grouping(license) = 1 AS is_all,
    count(*) FILTER (kind = 'files') AS files,
    count(*) FILTER (kind = 'seeds') AS seeds,
    count(*) FILTER (kind = 'answered') AS answered,
    count(*) FILTER (kind = 'kept') AS kept
  FROM sizes
  GROUP BY GROUPING SETS ((license), ()))
SELECT
  CASE WHEN is_all THEN 'all' ELSE license END AS license,
  CASE WHEN is_finished('sources') THEN files END AS files,
  CASE WHEN is_finished('seeds') THEN seeds END AS seeds,
  CASE WHEN is_finished('respond') THEN answered END AS answered,
  CASE WHEN is_finished('dataset') THEN kept END AS kept,
  kept / nullif(max(kept) OVER (), 0) AS share_kept
FROM counts
ORDER BY is_all, kept DESC, answered DESC, files DESC, license NULLS LAST
