-- What the queries read beside files, seeds, samples and rejections.

-- What a stage does, whatever comes before it in its name and whatever round it is of.
CREATE MACRO kind_of(stage) AS
  regexp_extract(
    stage,
    '(sources|seeds|instruct|respond|evolve|merge|mix|deduplicate|decontaminate|dataset)(-[0-9]+)?$',
    1);

-- The round of a stage; round 0 has no number in its name before it is answered.
CREATE MACRO round_of(stage) AS
  coalesce(TRY_CAST(regexp_extract(stage, '-([0-9]+)$', 1) AS INTEGER), 0);

-- Whose stage it is; those that all branches share, and those of an only branch, are main's.
CREATE MACRO branch_of(stage) AS
  coalesce(nullif(regexp_extract(stage, '^(.*)\.', 1), ''), 'main');

-- A stage with its ledger.
CREATE VIEW stages AS
SELECT
  position,
  stage,
  kind_of(stage) AS kind,
  CAST(manifest ->> '$.units.attempted' AS BIGINT) AS attempted,
  CAST(manifest ->> '$.units.out' AS BIGINT) AS out,
  CAST(manifest ->> '$.units.failed' AS BIGINT) AS failed,
  CAST(manifest ->> '$.units.notSelected' AS BIGINT) AS not_selected
FROM manifests;

-- The rejected units of the ledgers, by reason.
CREATE VIEW rejected_units AS
SELECT position, stage, entry.key AS reason, entry.value AS units
FROM (
  SELECT
    position,
    stage,
    unnest(map_entries(CAST(manifest -> '$.units.rejected' AS MAP(VARCHAR, BIGINT)))) AS entry
  FROM manifests);

-- What was asked, by role, round and heuristic; a manifest of format 1 does not say.
CREATE VIEW spend AS
SELECT
  branch_of(stage) AS branch,
  line ->> '$.role' AS role,
  CAST(line ->> '$.round' AS INTEGER) AS round,
  nullif(line ->> '$.heuristic', '') AS heuristic,
  CAST(line ->> '$.inputTokens' AS BIGINT) AS input_tokens,
  CAST(line ->> '$.outputTokens' AS BIGINT) AS output_tokens,
  CAST(line ->> '$.repliesNanoUsd' AS BIGINT) AS nano_usd
FROM (
  SELECT stage, unnest(CAST(manifest -> '$.teacher.spend' AS JSON[])) AS line FROM manifests);

-- Every unit that was asked for or answered in a round: a reason says that it was rejected.
CREATE VIEW fates AS
SELECT kind_of(stage) AS kind, round, heuristic, NULL AS reason
FROM samples
WHERE kind_of(stage) IN ('instruct', 'evolve', 'respond')
UNION ALL
SELECT kind_of(stage) AS kind, round, heuristic, reason
FROM rejections
WHERE kind_of(stage) IN ('instruct', 'evolve', 'respond');

-- The rows that came through a round, and those that came into the data set.
CREATE VIEW answered AS
SELECT * FROM samples WHERE kind_of(stage) = 'respond';

CREATE VIEW kept AS
SELECT * FROM samples WHERE kind_of(stage) = 'dataset';

-- The files, seeds and rows of a run, by what they are.
CREATE VIEW sizes AS
SELECT 'files' AS kind, language, license FROM files
UNION ALL
SELECT 'seeds', language, license FROM seeds
UNION ALL
SELECT 'answered', language, license FROM answered
UNION ALL
SELECT 'kept', language, license FROM kept;

-- How many times as long as its parent an evolved row is, in characters.
CREATE VIEW growth AS
SELECT
  child.round,
  child.heuristic,
  length(child.instruction) / length(parent.instruction) AS instruction_growth,
  length(child.response) / length(parent.response) AS response_growth
FROM answered AS child
JOIN answered AS parent ON parent.id = child.parent_id;

-- Tells whether a stage of a kind is finished: a number that no stage could give yet is absent, not 0.
CREATE MACRO is_finished(wanted) AS (SELECT count(*) > 0 FROM stages WHERE kind = wanted);
