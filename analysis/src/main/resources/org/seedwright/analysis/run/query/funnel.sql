-- What came in to each stage and what became of it.
SELECT
  stage,
  attempted,
  out,
  coalesce(rejected, 0) AS rejected,
  not_selected,
  out / nullif(attempted, 0) AS share_out,
  reasons
FROM stages
LEFT JOIN (
  SELECT
    position,
    CAST(sum(units) AS BIGINT) AS rejected,
    string_agg(reason || ' ' || units, ', ' ORDER BY units DESC, reason) AS reasons
  FROM rejected_units
  GROUP BY position) USING (position)
ORDER BY position
