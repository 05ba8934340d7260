/**
 * Tables of the record, as one migration of the state file.
 *
 * `record_identifiers` always points to a patient that is not merged. Its key begins with the value
 * so that one tree serves both the exact look-up of each message and a person's search.
 */
export const recordSchema = `
CREATE TABLE record_progress (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  applied INTEGER NOT NULL
) STRICT;
INSERT INTO record_progress (only_row, applied) VALUES (1, 0);

CREATE TABLE record_patients (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  merged_into INTEGER,
  position INTEGER NOT NULL,
  heard_at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  names TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX record_patients_heard ON record_patients (site, heard_at, id) WHERE merged_into IS NULL;
CREATE INDEX record_patients_merged ON record_patients (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE record_identifiers (
  value TEXT NOT NULL,
  system TEXT NOT NULL,
  site TEXT NOT NULL,
  patient INTEGER NOT NULL,
  PRIMARY KEY (value, system, site)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_identifiers_by_patient ON record_identifiers (patient, system);

CREATE TABLE record_aliases (
  id TEXT PRIMARY KEY,
  patient INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_aliases_by_patient ON record_aliases (patient);

CREATE TABLE record_names (
  site TEXT NOT NULL,
  word TEXT NOT NULL,
  patient INTEGER NOT NULL,
  PRIMARY KEY (site, word, patient)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_conflicts (
  named INTEGER NOT NULL,
  holder INTEGER NOT NULL,
  system TEXT NOT NULL,
  value TEXT NOT NULL,
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (named, holder, system, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_conflicts_by_holder ON record_conflicts (holder);
CREATE INDEX record_conflicts_by_position ON record_conflicts (last_position);

CREATE TABLE record_resources (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  site TEXT NOT NULL,
  patient INTEGER,
  position INTEGER NOT NULL,
  heard_at INTEGER NOT NULL,
  happened_at TEXT NOT NULL,
  sorted_at INTEGER NOT NULL,
  versions INTEGER NOT NULL,
  hash TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (id, resource_type, site)
) STRICT;
CREATE INDEX record_resources_of_patient ON record_resources (patient, sorted_at)
  WHERE patient IS NOT NULL;
`;
