import { phi, reveal } from "@trestle/base";
import { expect, test } from "vitest";
import { change, key, named, patientId, patientOf, site } from "../invented.ts";
import { type OpenedRecord, allPages, find } from "./opened-record.ts";

/** How patients are found. */
export function describeSearch(opened: () => OpenedRecord): void {
  const people = [
    ["1", "Núñez-O'Brien", "María José"],
    ["2", "Nunes", "Marcel"],
    ["3", "Straße", "Żaneta"],
    ["4", "Beam", "Ada"],
  ] as const;
  const fill = () =>
    opened().apply(
      ...people.map(([value, family, given], index) =>
        change({
          position: index + 1,
          keys: [key(value), key(`ssn-${value}`, "ssn")],
          resources: [patientOf([key(value)], named(family, given))],
        }),
      ),
    );

  test.each([
    { text: "NUN", finds: ["2", "1"] },
    { text: "nuñ", finds: ["2", "1"] },
    { text: "obrien", finds: ["1"] },
    { text: "o'br", finds: ["1"] },
    { text: "jose", finds: ["1"] },
    { text: "mar", finds: ["2", "1"] },
    { text: "Nunez, Maria", finds: ["1"] },
    { text: "strasse", finds: ["3"] },
    { text: "zan", finds: ["3"] },
    { text: "eam", finds: [] },
    { text: " ", finds: ["4", "3", "2", "1"] },
    { text: "***", finds: [] },
    { text: "%", finds: [] },
    { text: "3", finds: ["3"] },
    { text: "ssn-3", finds: ["3"] },
    { text: "ssn-", finds: [] },
    { text: "urn:test:ssn|ssn-4", finds: ["4"] },
    { text: "urn:test:mrn|ssn-4", finds: [] },
  ])("searching for $text finds $finds", async ({ text, finds }) => {
    await fill();
    const ids = finds.map((value) => patientId(key(value)));
    expect((await find(opened().record, text)).map((patient) => patient.id)).toEqual(ids);
  });

  test("a former name is not found after the patient has another", async () => {
    await fill();
    const resources = [patientOf([key("4")], named("Girder", "Ada"))];
    await opened().apply(change({ position: 9, keys: [key("4")], resources }));
    expect(await find(opened().record, "beam")).toEqual([]);
    expect(await find(opened().record, "girder")).toHaveLength(1);
  });

  test("pages follow each other without a gap or a repeat, also among equal times", async () => {
    const changes = Array.from({ length: 25 }, (_, index) =>
      change({
        position: index + 1,
        receivedAt: 1_700_000_000_000 + Math.floor(index / 4),
        site: index % 3 === 0 ? "harbour" : site,
        keys: [key(`${index}`)],
        resources: [{ ...patientOf([key(`${index}`)], named("Beam")), id: `p${index}` }],
      }),
    );
    await opened().apply(...changes);
    for (const text of [{}, { text: phi("bea") }]) {
      const seen = await allPages(opened().record, text);
      const order = seen.map(({ heardAt, id }) => `${heardAt} ${id}`);
      expect(new Set(order).size).toBe(25);
      expect(order).toEqual(order.toSorted().reverse());
      const here = await opened().record.patients({ ...text, site: "harbour", limit: 50 });
      expect(here).toHaveLength(9);
    }
  });

  test("the keys of an identifier are all under which messages may name the patient", async () => {
    await fill();
    await opened().apply(change({ position: 5, keys: [key("1")], merged: [key("2")] }));
    const keys = async (text: string) =>
      (await opened().record.keysOf(phi(text))).map((one) => reveal(one)).toSorted();
    const both = [key("1"), key("2"), key("ssn-1", "ssn"), key("ssn-2", "ssn")];
    expect(await keys("2")).toEqual(both);
    expect(await keys(key("ssn-2", "ssn"))).toEqual(both);
    expect(await keys("nobody")).toEqual([]);
  });
}
