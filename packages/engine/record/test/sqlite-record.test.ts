import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phi, reveal } from "@trestle/base";
import { SqliteFile } from "@trestle/sqlite";
import { afterAll, expect, test } from "vitest";
import { type RecordOptions, SqliteRecord, prepareChange, recordSchema } from "../src/index.ts";
import { describeRecordStore } from "./conformance/describe-record-store.ts";
import type { OpenedRecord } from "./conformance/opened-record.ts";
import { change, encounter, key, named, observation, patientId, patientOf } from "./invented.ts";

describeRecordStore("sqlite", () => openRecord());
describeRecordStore("sqlite without memory", () => openRecord({ maxHashes: 0 }));
describeRecordStore("sqlite, walking for every name", () => openRecord({ maxSortedMatches: 0 }));

test("what a commit took back is stored when it is done again", async () => {
  const { state, record, close } = openRecord();
  const keys = [key("1"), key("s", "ssn")];
  const resources = [
    patientOf(keys, named("Beam")),
    observation("o1", key("1")),
    { resourceType: "Practitioner", id: "p1" } as const,
  ];
  const told = change({ position: 1, keys, resources });
  const fails = state.transact(() => {
    record.apply(prepareChange(told));
    throw new Error("another table refused");
  });
  await expect(fails).rejects.toThrow("another table refused");
  expect(await record.patients({ limit: 10 })).toEqual([]);
  await state.transact(() => record.apply(prepareChange(told)));
  expect(await record.resources(patientId(key("1")), 10)).toHaveLength(1);
  expect(await record.keysOf(phi("s"))).toHaveLength(2);
  await close();
});

test("a unit that failed beside others does not cost them what they applied", async () => {
  const { state, record, close } = openRecord();
  const about = (position: number, value: string) =>
    change({ position, keys: [key(value)], resources: [observation(`o${value}`, key(value))] });
  const results = await Promise.allSettled([
    state.transact(() => record.apply(prepareChange(about(1, "1")))),
    state.transact(() => {
      throw new Error("refused");
    }),
    state.transact(() => record.apply(prepareChange(about(2, "2")))),
  ]);
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  for (const { id } of await record.patients({ limit: 10 })) {
    expect(await record.resources(id, 10)).toHaveLength(1);
  }
  expect(await record.patients({ limit: 10 })).toHaveLength(2);
  await close();
});

test("the record is there after a restart, and a repeat is still no version", async () => {
  const file = newFile();
  const keys = [key("1")];
  const resources = [patientOf(keys, named("Beam")), encounter("e1", key("1"))];
  const first = openRecord({}, file);
  await first.apply(change({ position: 1, keys, resources }));
  await first.close();
  const second = openRecord({}, file);
  await second.apply(change({ position: 2, keys, resources }));
  const items = await second.record.resources(patientId(key("1")), 10);
  expect(items).toMatchObject([{ versions: 1, position: 1 }]);
  await second.close();
});

test("an identifier of two patients is a conflict until they are merged", async () => {
  const { record, apply, close } = openRecord();
  await apply(
    change({ position: 1, keys: [key("1"), key("s", "ssn")] }),
    change({ position: 2, keys: [key("2"), key("s", "ssn")] }),
    change({ position: 3, keys: [key("3")] }),
    change({ position: 4, keys: [key("2"), key("s", "ssn")] }),
  );
  const [conflict, ...others] = await record.conflicts(10);
  expect(others).toEqual([]);
  expect(conflict).toMatchObject({
    patientId: patientId(key("2")),
    holderId: patientId(key("1")),
    firstPosition: 2,
    lastPosition: 4,
  });
  expect(conflict && reveal(conflict.identifier)).toBe(key("s", "ssn"));
  await apply(change({ position: 5, keys: [key("3")], merged: [key("1")] }));
  expect(await record.conflicts(10)).toMatchObject([{ holderId: patientId(key("3")) }]);
  await apply(change({ position: 6, keys: [key("3")], merged: [key("2")] }));
  expect(await record.conflicts(10)).toEqual([]);
  await close();
});

test("no more keys come than the limit allows", async () => {
  const { record, apply, close } = openRecord({ maxKeys: 2 });
  await apply(change({ position: 1, keys: ["1", "2", "3"].map((value) => key(value, value)) }));
  expect(await record.keysOf(phi("1"))).toHaveLength(2);
  await close();
});

test("a damaged row is named by an error that quotes nothing", async () => {
  const { state, record, apply, close } = openRecord();
  await apply(change({ position: 1, keys: [key("1")] }));
  await state.transact(() => state.writer.exec("UPDATE record_patients SET body = '{\"secret'"));
  const read = record.patient(patientId(key("1")));
  await expect(read).rejects.toThrow(/^record\.notReadable \(bodyLength 8\)$/u);
  await close();
});

interface OpenedSqliteRecord extends OpenedRecord {
  readonly state: SqliteFile;
  readonly record: SqliteRecord;
}

function openRecord(options: RecordOptions = {}, file = newFile()): OpenedSqliteRecord {
  const state = new SqliteFile({ file, migrations: [recordSchema] });
  const record = new SqliteRecord(state, options);
  return {
    state,
    record,
    apply: async (...changes) => {
      await Promise.all(
        changes.map((one) => state.transact(() => record.apply(prepareChange(one)))),
      );
    },
    close: () => state.close(),
  };
}

function newFile(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

let files = 0;
const folder = mkdtempSync(join(tmpdir(), "trestle-record-"));
afterAll(() => rmSync(folder, { recursive: true }));
