import * as fc from "fast-check";
import { expect, test } from "vitest";
import { change, encounter, key, named, observation, patientId, patientOf } from "../invented.ts";
import { type OpenedRecord, all, disposable, stateOf, valuesOf } from "./opened-record.ts";

/** What any list of messages must lead to, whatever their order and repeats. */
export function describeRepeats(open: () => OpenedRecord): void {
  test("any order of merges makes one patient of each chain", async () => {
    const chain = ["0", "1", "2", "3", "4"];
    const links = [0, 1, 2, 3];
    const order = fc.shuffledSubarray(links, { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(order, fc.subarray(chain), async (order, heardBefore) => {
        await using opened = disposable(open());
        const told = [
          ...heardBefore.map((value) => ({ keys: [key(value)] })),
          ...order.map((link) => ({ keys: [key(`${link + 1}`)], merged: [key(`${link}`)] })),
          ...chain.map((value) => ({ keys: [key(value)] })),
        ];
        await opened.apply(...told.map((one, index) => change({ position: index + 1, ...one })));
        const [patient, ...others] = await all(opened.record);
        expect(others).toEqual([]);
        expect(valuesOf(patient)).toEqual(chain.map((value) => key(value)));
        for (const value of chain) {
          const found = await opened.record.patient(patientId(key(value)));
          expect([undefined, patient?.id]).toContain(found?.id);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("a list of changes applied twice, or with repeats, equals it applied once", async () => {
    await fc.assert(
      fc.asyncProperty(anyList, fc.array(fc.nat(), { maxLength: 6 }), async (told, picks) => {
        await using once = disposable(open());
        await using twice = disposable(open());
        const list = told.map((one, index) => change({ ...one, position: index + 1 }));
        await once.apply(...list);
        const expected = await stateOf(once.record);
        for (const [index, one] of list.entries()) {
          const pick = picks[index];
          await twice.apply(one);
          if (pick !== undefined) await twice.apply(...list.slice(pick % (index + 1), index + 1));
        }
        expect(await stateOf(twice.record)).toEqual(expected);
        await twice.apply(...list);
        expect(await stateOf(twice.record)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
}

const value = fc.constantFrom("1", "2", "3", "4");
const family = fc.constantFrom("Beam", "Girder", "Truss");

/** Messages about four people who share numbers, with merges in any direction. */
const anyList = fc.array(
  fc
    .record({
      value,
      other: fc.option(value, { nil: undefined }),
      merged: fc.option(value, { nil: undefined }),
      family: fc.option(family, { nil: undefined }),
      status: fc.constantFrom("preliminary", "final"),
      visit: value,
    })
    .map(({ value, other, merged, family, status, visit }) => {
      const keys = [key(value), ...(other === undefined ? [] : [key(other, "ssn")])];
      const patient = patientOf(keys, family === undefined ? {} : named(family));
      return {
        keys,
        ...(merged === undefined ? {} : { merged: [key(merged)] }),
        resources: [
          patient,
          observation(`o${visit}`, key(value), { status }),
          encounter(
            `e${visit}`,
            key(value),
            family === undefined ? {} : { type: [{ text: family }] },
          ),
        ],
      };
    }),
  { maxLength: 10 },
);
