-- The tables that a run's views are made of. A view over Parquet files unites one of the empty
-- tables, which names the columns, with the files of every stage that has such rows.

-- _manifest.json of each finished stage; position is its place in the run.
CREATE TABLE manifests (position INTEGER, stage VARCHAR, manifest JSON);

CREATE TABLE no_files (
  position INTEGER, stage VARCHAR, id VARCHAR, language VARCHAR, license VARCHAR);

CREATE TABLE no_seeds (
  position INTEGER, stage VARCHAR, id VARCHAR, language VARCHAR, license VARCHAR);

CREATE TABLE no_samples (
  position INTEGER,
  stage VARCHAR,
  id VARCHAR,
  parent_id VARCHAR,
  branch VARCHAR,
  round INTEGER,
  heuristic VARCHAR,
  language VARCHAR,
  license VARCHAR,
  instruction VARCHAR,
  response VARCHAR,
  roles VARCHAR[],
  output_tokens BIGINT[]);

-- How many tokens each text of the data set has; filled when lengths are asked for.
CREATE TABLE tokens (id VARCHAR, text VARCHAR, tokens BIGINT);

CREATE TABLE no_rejections (
  position INTEGER, stage VARCHAR, id VARCHAR, round INTEGER, heuristic VARCHAR, reason VARCHAR);
