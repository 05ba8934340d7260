import { reveal } from "@trestle/base";
import type { MessageFilter } from "../outbox.ts";

type Value = string | number;

/** The SQL of a message search: newest first. Each filter has an index that it can use. */
export function messageSearch(filter: MessageFilter): { sql: string; values: readonly Value[] } {
  const conditions = conditionsOf(filter);
  const where = conditions.map(([condition]) => condition).join(" AND ");
  return {
    sql: `SELECT * FROM messages ${where === "" ? "" : `WHERE ${where}`} ORDER BY position DESC LIMIT ?`,
    values: [...conditions.flatMap(([, ...values]) => values), filter.limit],
  };
}

type Condition = readonly [sql: string, ...values: Value[]];

function conditionsOf(filter: MessageFilter): Condition[] {
  const keys = filter.patientKeys?.map((key) => reveal(key));
  return [
    ...when(filter.site, (site) => ["site = ?", site]),
    ...when(filter.channel, (channel) => ["channel = ?", channel]),
    ...when(filter.type, typeCondition),
    ...when(filter.controlId, (controlId) => ["control_id = ?", controlId]),
    ...when(filter.outcome, (outcome) => ["outcome = ?", outcome]),
    ...when(filter.disposition, (disposition) => ["disposition = ?", disposition]),
    ...when(keys, (listed) => [`patient_key IN (${listed.map(() => "?").join()})`, ...listed]),
    ...when(filter.from, (from) => ["received_at >= ?", from]),
    ...when(filter.to, (to) => ["received_at < ?", to]),
    ...when(filter.before, (before) => ["position < ?", before]),
    ...when(filter.after, (after) => ["position > ?", after]),
  ];
}

/** A family takes all its triggers: `ADT` stands for everything from `ADT^` to before `ADT_`. */
function typeCondition(type: string): Condition {
  if (type.includes("^")) return ["type = ?", type];
  return ["(type = ? OR (type >= ? AND type < ?))", type, `${type}^`, `${type}_`];
}

function when<T>(value: T | undefined, condition: (value: T) => Condition): Condition[] {
  return value === undefined ? [] : [condition(value)];
}
