/**
 * Tables of the outbox. `lanes` has a row for each lane that owes something, so that neither a
 * restart nor a blocked lane ever has to look at the whole backlog. Results stand apart from the facts
 * about their deliveries: facts change with each try, and results are only added.
 */
export const outboxSchema = `
CREATE TABLE progress (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), position INTEGER NOT NULL) STRICT;
INSERT INTO progress (only_row, position) VALUES (1, 0);

CREATE TABLE messages (
  position INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  channel TEXT NOT NULL,
  revision TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  control_id TEXT NOT NULL,
  type TEXT NOT NULL,
  disposition TEXT NOT NULL,
  answer TEXT NOT NULL,
  reason TEXT,
  received_bytes INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  warnings INTEGER NOT NULL,
  patient_key TEXT
) STRICT;
CREATE INDEX messages_by_site ON messages (site, channel, position);
CREATE INDEX messages_by_type ON messages (type, position);
CREATE INDEX messages_by_time ON messages (received_at);
CREATE INDEX messages_by_control_id ON messages (control_id, position);
CREATE INDEX messages_by_patient ON messages (patient_key, position) WHERE patient_key IS NOT NULL;
CREATE INDEX messages_by_outcome ON messages (outcome, position) WHERE outcome <> 'mapped';

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  destination TEXT NOT NULL,
  lane TEXT NOT NULL,
  site TEXT NOT NULL,
  channel TEXT NOT NULL,
  revision TEXT NOT NULL,
  type TEXT NOT NULL,
  is_replay INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  reason TEXT
) STRICT;
CREATE INDEX deliveries_by_position ON deliveries (position);
CREATE INDEX deliveries_open ON deliveries (destination, lane, id) WHERE state IN ('queued', 'held');
CREATE INDEX deliveries_exceptional ON deliveries (state, id) WHERE state IN ('held', 'cancelled');

CREATE TABLE delivery_bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

CREATE TABLE lanes (
  destination TEXT NOT NULL,
  lane TEXT NOT NULL,
  head INTEGER NOT NULL,
  is_held INTEGER NOT NULL,
  retry_at INTEGER NOT NULL,
  PRIMARY KEY (destination, lane)
) STRICT, WITHOUT ROWID;
CREATE INDEX lanes_ready ON lanes (destination, is_held, retry_at, head);

CREATE TABLE backlogs (
  destination TEXT PRIMARY KEY,
  queued INTEGER NOT NULL,
  held INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
  delivery INTEGER NOT NULL,
  number INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  result TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (delivery, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE minute_counts (
  minute INTEGER NOT NULL,
  site TEXT NOT NULL,
  channel TEXT NOT NULL,
  destination TEXT NOT NULL,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (minute, site, channel, destination, kind)
) STRICT, WITHOUT ROWID;
`;

/**
 * When a delivery last got through stands beside what waits: it is asked for every few seconds, and
 * tries are too many to look through. They are looked through once, for what was delivered before.
 */
export const lastDeliverySchema = `
ALTER TABLE backlogs ADD COLUMN delivered_at INTEGER;
UPDATE backlogs SET delivered_at = last.ended_at FROM (
  SELECT destination, CAST(max(started_at + duration_ms) AS INTEGER) AS ended_at
  FROM attempts JOIN deliveries ON deliveries.id = attempts.delivery
  WHERE result = 'delivered' GROUP BY destination
) AS last WHERE last.destination = backlogs.destination;
`;
