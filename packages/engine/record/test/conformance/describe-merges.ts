import { reveal } from "@trestle/base";
import { expect, test } from "vitest";
import { change, key, named, observation, patientId, patientOf, subject } from "../invented.ts";
import { type OpenedRecord, all, find, stateOf, valuesOf } from "./opened-record.ts";

/** What a merge does, and what comes after it. */
export function describeMerges(opened: () => OpenedRecord): void {
  const about = (position: number, value: string) =>
    change({
      position,
      keys: [key(value)],
      resources: [
        patientOf([key(value)], named(`Family${value}`)),
        observation(`o${value}`, key(value)),
      ],
    });
  const merge = (position: number, from: string, into: string) =>
    change({ position, keys: [key(into)], merged: [key(from)] });

  test("the survivor gets identifiers and items, whose references name it", async () => {
    await opened().apply(about(1, "1"), about(2, "2"), merge(3, "1", "2"));
    const [survivor, ...others] = await all(opened().record);
    expect(others).toEqual([]);
    expect(survivor).toMatchObject({ id: patientId(key("2")), merged: [patientId(key("1"))] });
    expect(valuesOf(survivor)).toEqual([key("1"), key("2")]);
    expect(survivor && reveal(survivor.resource)).toMatchObject(named("Family2"));
    const items = await opened().record.resources(survivor?.id ?? "", 10);
    expect(items.map((item) => item.id).toSorted()).toEqual(["o1", "o2"]);
    for (const item of items) {
      expect(reveal(item.resource)).toMatchObject({ subject: subject(key("2")) });
    }
  });

  test("the id of a merged patient leads to the survivor, and its name does no more", async () => {
    await opened().apply(about(1, "1"), about(2, "2"), merge(3, "1", "2"));
    const { record } = opened();
    expect((await record.patient(patientId(key("1"))))?.id).toBe(patientId(key("2")));
    expect(await record.resources(patientId(key("1")), 10)).toHaveLength(2);
    expect(await find(record, "family1")).toEqual([]);
    expect(await find(record, "family2")).toHaveLength(1);
  });

  test("a later message that names the merged identifier goes to the survivor", async () => {
    await opened().apply(about(1, "1"), about(2, "2"), merge(3, "1", "2"));
    const later = observation("o3", key("1"));
    await opened().apply(
      change({ position: 4, keys: [key("1")], resources: [patientOf([key("1")]), later] }),
    );
    const items = await opened().record.resources(patientId(key("2")), 10);
    const found = items.find((item) => item.id === "o3");
    expect(found && reveal(found.resource)).toMatchObject({ subject: subject(key("2")) });
    expect(await all(opened().record)).toHaveLength(1);
  });

  test("a message may merge several pairs of patients", async () => {
    await opened().apply(
      ...["1", "2", "3", "4"].map((value, index) => about(index + 1, value)),
      change({
        position: 5,
        keys: [key("2")],
        merged: [key("1")],
        others: [{ keys: [key("4")], merged: [key("3")] }],
        resources: ["2", "1", "4", "3"].map((value) => patientOf([key(value)])),
      }),
    );
    const survivors = await all(opened().record);
    const mergedInto = new Map(survivors.map(({ id, merged }) => [id, merged]));
    expect(survivors).toHaveLength(2);
    expect(mergedInto.get(patientId(key("2")))).toEqual([patientId(key("1"))]);
    expect(mergedInto.get(patientId(key("4")))).toEqual([patientId(key("3"))]);
    const items = await opened().record.resources(patientId(key("4")), 10);
    expect(items.map(({ id }) => id).toSorted()).toEqual(["o3", "o4"]);
  });

  test("a patient may replace several others in one message", async () => {
    await opened().apply(
      ...["1", "2", "3"].map((value, index) => about(index + 1, value)),
      change({
        position: 4,
        keys: [key("1")],
        merged: [key("2")],
        others: [{ keys: [key("1")], merged: [key("3")] }],
        resources: ["1", "2", "3"].map((value) => patientOf([key(value)])),
      }),
    );
    const [survivor, ...others] = await all(opened().record);
    expect(others).toEqual([]);
    expect(valuesOf(survivor)).toEqual([key("1"), key("2"), key("3")]);
  });

  test("a merge of patients never heard of keeps both identifiers together", async () => {
    const resources = [patientOf([key("2")]), patientOf([key("1")])];
    await opened().apply(
      change({ position: 1, keys: [key("2")], merged: [key("1")], resources }),
      about(2, "1"),
    );
    const [survivor, ...others] = await all(opened().record);
    expect(others).toEqual([]);
    expect(survivor).toMatchObject({ id: patientId(key("2")), merged: [patientId(key("1"))] });
    expect(await opened().record.resources(patientId(key("1")), 10)).toHaveLength(1);
  });

  test("a survivor's list may name the merged identifier already", async () => {
    await opened().apply(
      about(1, "1"),
      change({ position: 2, keys: [key("2"), key("1")], merged: [key("1")] }),
    );
    const [survivor, ...others] = await all(opened().record);
    expect(others).toEqual([]);
    expect(survivor?.id).toBe(patientId(key("2")));
  });

  test("a merge into itself and a repeated merge change nothing", async () => {
    await opened().apply(about(1, "1"), about(2, "2"), merge(3, "1", "2"));
    const before = await stateOf(opened().record);
    const again = merge(3, "1", "2");
    await opened().apply(again, change({ position: 3, keys: [key("2")], merged: [key("2")] }));
    expect(await stateOf(opened().record)).toEqual(before);
  });

  test("an older message of the merged patient that comes again leaves the survivor alone", async () => {
    await opened().apply(about(1, "2"), about(2, "1"), merge(3, "1", "2"));
    const before = await stateOf(opened().record);
    await opened().apply(about(2, "1"));
    expect(await stateOf(opened().record)).toEqual(before);
  });
}
