import { expect, test } from "vitest";
import { takes } from "../src/index.ts";
import { channelSettings } from "../src/settings.ts";

test.each([
  { types: ["ADT^A08"], type: "ADT^A08", taken: true },
  { types: ["ADT^A08"], type: "ADT^A01", taken: false },
  { types: ["ADT"], type: "ADT^A01", taken: true },
  { types: ["ADT"], type: "ADT", taken: true },
  { types: ["ADT"], type: "ADTX^A01", taken: false },
  { types: ["ADT^A0"], type: "ADT^A08", taken: false },
  { types: ["ORU", "ADT"], type: "ADT^A01", taken: true },
  { types: ["*"], type: "XYZ^Z99", taken: true },
  { types: ["*"], type: "", taken: true },
  { types: ["ADT"], type: "", taken: false },
  { types: [], type: "ADT^A01", taken: false },
])("$type is among $types: $taken", ({ types, type, taken }) => {
  expect(takes(types, type)).toBe(taken);
});

test("the examples of a channel are valid, and its defaults lose nothing", () => {
  const examples = channelSettings.meta()?.["examples"];
  expect(examples).toEqual([expect.anything()]);
  for (const example of Array.isArray(examples) ? (examples as unknown[]) : []) {
    expect(channelSettings.safeParse(example).success).toBe(true);
  }
  const read = channelSettings.parse({
    title: "Everything",
    source: { type: "mllp", listener: "hospital" },
    accepts: ["*"],
    routes: [{ to: "app" }],
  });
  expect(read).toMatchObject({ mapping: "hl7v2-to-fhir", routes: [{ to: "app", types: ["*"] }] });
});

test.each([{ type: "adt" }, { type: "ADT^" }, { type: "ADT^A081" }, { type: "ADT^*" }])(
  "$type is no message type, family or star",
  ({ type }) => {
    const read = channelSettings.safeParse({
      title: "Wrong",
      source: { type: "mllp", listener: "hospital" },
      accepts: [type],
      routes: [],
    });
    expect(read.error?.issues.map(({ path }) => path.join("."))).toEqual(["accepts.0"]);
  },
);
