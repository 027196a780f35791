-- The texts of the data set's rows.
SELECT id, 'instruction' AS text, instruction AS content FROM kept
UNION ALL
SELECT id, 'response', response FROM kept WHERE response IS NOT NULL
