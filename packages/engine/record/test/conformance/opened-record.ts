import { phi, reveal } from "@trestle/base";
import type { RecordChange, RecordPatient, RecordStore } from "../../src/index.ts";

/** A record under test: how changes get in, and what closes it. */
export interface OpenedRecord {
  readonly record: RecordStore;
  /** Applies the changes in order, and resolves when readers see them. */
  readonly apply: (...changes: readonly RecordChange[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function all(record: RecordStore): Promise<readonly RecordPatient[]> {
  return record.patients({ limit: 100 });
}

export async function find(record: RecordStore, text: string): Promise<readonly RecordPatient[]> {
  return record.patients({ text: phi(text), limit: 100 });
}

export async function onlyId(record: RecordStore): Promise<string> {
  const [patient] = await all(record);
  return patient?.id ?? "";
}

export async function allPages(
  record: RecordStore,
  search: object,
): Promise<readonly RecordPatient[]> {
  const seen: RecordPatient[] = [];
  for (;;) {
    const last = seen.at(-1);
    const after = last === undefined ? {} : { after: { heardAt: last.heardAt, id: last.id } };
    const page = await record.patients({ ...search, ...after, limit: 7 });
    if (page.length === 0) return seen;
    seen.push(...page);
  }
}

export function valuesOf(patient: RecordPatient | undefined): readonly string[] {
  return (patient?.identifiers ?? []).map((one) => reveal(one)).toSorted();
}

/** Everything that a reader can see. */
export async function stateOf(record: RecordStore): Promise<unknown> {
  const patients = await all(record);
  return Promise.all(
    patients.map(async (patient) => ({
      ...patient,
      resource: JSON.stringify(reveal(patient.resource)),
      identifiers: valuesOf(patient),
      items: (await record.resources(patient.id, 100)).map((item) => ({
        ...item,
        resource: JSON.stringify(reveal(item.resource)),
      })),
    })),
  );
}

export function disposable(opened: OpenedRecord): OpenedRecord & AsyncDisposable {
  return { ...opened, [Symbol.asyncDispose]: () => opened.close() };
}
