-- The reasons for which units left, stage by stage.
SELECT stage, reason, units, units / nullif(attempted, 0) AS share
FROM rejected_units
JOIN stages USING (position, stage)
ORDER BY position, units DESC, reason
