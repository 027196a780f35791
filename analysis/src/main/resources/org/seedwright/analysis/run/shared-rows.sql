-- An id never covers what a model replied, so rows of one id may differ.
SELECT
  count(*) FILTER (second_rows.id IS NULL) AS only_first,
  count(*) FILTER (first_rows.id IS NULL) AS only_second,
  count(*) FILTER (first_rows.id = second_rows.id
    AND first_rows.instruction = second_rows.instruction
    AND first_rows.response IS NOT DISTINCT FROM second_rows.response) AS equal,
  count(*) FILTER (first_rows.id = second_rows.id
    AND (first_rows.instruction <> second_rows.instruction
      OR first_rows.response IS DISTINCT FROM second_rows.response)) AS different
FROM first_rows
FULL JOIN second_rows ON first_rows.id = second_rows.id
