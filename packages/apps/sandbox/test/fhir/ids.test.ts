import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { offeredTypes } from "../../src/fhir/capability/resource-types.ts";
import { type IdForm, type RecordKey, createIds } from "../../src/fhir/ids.ts";

const forms: readonly IdForm[] = [
  "stored",
  "stored-long",
  "composite",
  "composite-long",
  "held",
  "dstu2",
];

const anyKey: fc.Arbitrary<RecordKey> = fc.record({
  type: fc.constantFrom(...offeredTypes.map(({ type }) => type)),
  owner: fc.nat(0xff_ff_ff_ff),
  kind: fc.nat(255),
  item: fc.nat(0xff_ff_ff_ff),
  part: fc.nat(65_535),
});

const patient: RecordKey = { type: "Patient", owner: 900_001, kind: 0, item: 0, part: 0 };

describe("2.8 ids", () => {
  test("say what they stand for, in every form", () => {
    const ids = createIds("0.1");
    fc.assert(
      fc.property(anyKey, fc.constantFrom(...forms), (key, form) => {
        expect(ids.read(ids.print(form, key))).toEqual(key);
      }),
    );
  });

  test.each([
    { form: "stored", pattern: /^e[\w.-]{22}3$/u },
    { form: "stored-long", pattern: /^e[\w.-]{43}3$/u },
    { form: "composite", pattern: /^f[\w.-]{43}4$/u },
    { form: "composite-long", pattern: /^f[\w.-]{62}4$/u },
    { form: "held", pattern: /^O[\w.-]{61}$/u },
    { form: "dstu2", pattern: /^T[\w.-]{43}B$/u },
  ] as const)("have the length, the beginning and the end of $form", ({ form, pattern }) => {
    const ids = createIds("0.1");
    fc.assert(
      fc.property(anyKey, (key) => {
        const id = ids.print(form, key);
        expect(id).toMatch(pattern);
        // R4 allows letters, digits, dots and hyphens.
        expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/u);
      }),
    );
  });

  test("are others at another site and in another interface", () => {
    const here = createIds("0.1");
    const there = createIds("0.2");
    expect(there.print("stored", patient)).not.toBe(here.print("stored", patient));
    expect(there.read(here.print("stored", patient))).toBeUndefined();
    // Between their first and last characters the two forms are equally long.
    const [old, now] = [here.print("dstu2", patient), here.print("composite", patient)];
    expect(old.slice(1, -1)).not.toBe(now.slice(1, -1));
  });

  test("that nobody here made stand for nothing", () => {
    const ids = createIds("0.1");
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^e[A-Za-z0-9.-]{22}3$/u)), (id) => {
        expect(ids.read(id)).toBeUndefined();
      }),
    );
  });

  test("that were changed by one character stand for nothing", () => {
    const ids = createIds("0.1");
    fc.assert(
      fc.property(fc.constantFrom(...forms), fc.nat(), (form, place) => {
        const id = ids.print(form, patient);
        const at = 1 + (place % (id.length - 2));
        const changed = `${id.slice(0, at)}${id.charAt(at) === "A" ? "B" : "A"}${id.slice(at + 1)}`;
        expect(ids.read(changed)).toBeUndefined();
      }),
    );
  });
});
