import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { expect, test } from "vitest";
import { type Transform, createMapper, printBundle, transformedMapper } from "../src/index.ts";
import { lakeshore } from "./lakeshore.ts";

const text = [
  "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260115103015||ORU^R01|7|T|2.5.1",
  "PID|1||900001^^^TH^MR||BEAM^ADA||19800115|F",
  "OBR|1|16001^EPC||LAB15^BASIC METABOLIC PANEL^LKS|||20260115104500||||||||||||||||||F",
  "OBX|1|NM|2823-3^POTASSIUM^LN||4.10|mmol/L|3.5-5.1||||F",
].join("\r");

function messageOf(written = text) {
  const message = parseMessage(written);
  if (!message.ok) throw new TypeError(message.problem.text);
  return message.value;
}

function mapperWith(...transforms: readonly Transform[]) {
  const named = transforms.map((transform, index) => ({ name: `step-${index + 1}`, transform }));
  return transformedMapper(createMapper(), { channel: "results-in", transforms: named });
}

const plain = createMapper().map(messageOf(), lakeshore);

test("a transform sees the message before, and what it returns is mapped", () => {
  const mapper = mapperWith({ before: () => messageOf(text.replace("BEAM", "TRUSS")) });
  expect(printBundle(reveal(mapper.map(messageOf(), lakeshore).bundle))).toContain(
    '"family":"TRUSS"',
  );
});

test("a transform changes the result, and changes nothing for the next message", () => {
  const base = createMapper();
  const mapper = transformedMapper(base, {
    channel: "results-in",
    transforms: [
      {
        name: "in-place",
        transform: {
          after(bundle) {
            for (const { resource } of bundle.entry ?? []) {
              if (resource?.resourceType === "Patient") resource.active = true;
              if (resource?.resourceType === "Organization") resource.name = "changed";
            }
            return undefined;
          },
        },
      },
    ],
  });
  expect(printBundle(reveal(mapper.map(messageOf(), lakeshore).bundle))).toContain('"active":true');
  expect(base.map(messageOf(), lakeshore)).toEqual(plain);
});

test("transforms run one behind the other, and digits stay as they were written", () => {
  const note = (word: string): Transform => ({
    after: (bundle) => ({ ...bundle, id: `${bundle.id ?? ""}${word}` }),
  });
  const { bundle } = mapperWith(note("a"), note("b")).map(messageOf(), lakeshore);
  expect(reveal(bundle).id).toBe("ab");
  expect(printBundle(reveal(bundle))).toContain('"value":4.10,');
});

test("a result without entries is owed to nobody", () => {
  const mapper = mapperWith({ after: () => ({ resourceType: "Bundle", type: "collection" }) });
  expect(mapper.map(messageOf(), lakeshore).outcome).toBe("notMapped");
});

test("a transform can warn, and knows where it is", () => {
  const mapper = mapperWith({
    after(_bundle, { site, channel, message, warn }) {
      warn(`${message.type} of ${channel} at ${site}`, "OBX-5");
      return undefined;
    },
  });
  const { outcome, warnings } = mapper.map(messageOf(), lakeshore);
  expect(outcome).toBe("mappedWithWarnings");
  expect(warnings.at(-1)).toMatchObject({
    code: "mapping.transform",
    text: `ORU^R01 of results-in at ${lakeshore.id}`,
    hint: expect.stringContaining("transforms/step-1.ts"),
    at: "OBX-5",
  });
});

test("a transform that fails is named, and what it quotes is not", () => {
  const mapper = mapperWith({
    after: () => {
      throw new RangeError("BEAM is too long");
    },
  });
  const failing = () => mapper.map(messageOf(), lakeshore);
  expect(failing).toThrow(
    expect.objectContaining({
      code: "mapping.transformFailed",
      facts: { transform: "step-1", kind: "RangeError" },
      cause: undefined,
    }),
  );
});

test.each([
  { step: "before", gives: () => Promise.resolve(messageOf()), came: "a promise" },
  { step: "before", gives: () => Promise.reject(new Error("BEAM")), came: "a promise" },
  { step: "before", gives: () => parseMessage(text), came: "an object that is none" },
  { step: "before", gives: () => text, came: "a string" },
  { step: "before", gives: () => null, came: "null" },
  { step: "after", gives: () => Promise.resolve(undefined), came: "a promise" },
  { step: "after", gives: () => 7, came: "a number" },
  { step: "after", gives: () => true, came: "a boolean" },
  { step: "after", gives: () => [], came: "a list" },
  { step: "after", gives: () => null, came: "null" },
  { step: "after", gives: () => ({ resourceType: "Patient" }), came: "an object that is none" },
  {
    step: "after",
    gives: () => ({ resourceType: "Bundle", entry: {} }),
    came: "a bundle whose entry is no list",
  },
  {
    step: "after",
    gives: () => ({ resourceType: "Bundle", entry: [{ resource: { id: "BEAM" } }] }),
    came: "a bundle with an entry that holds no resource",
  },
])("$step that returns $came fails the message instead of losing it", ({ step, gives, came }) => {
  const mapper = mapperWith({ [step]: gives });
  const expected = step === "before" ? "an Hl7Message or nothing" : "a Bundle or nothing";
  for (const run of ["map", "explain"] as const) {
    expect(() => mapper[run](messageOf(), lakeshore)).toThrow(
      expect.objectContaining({
        code: "mapping.transformFailed",
        facts: { transform: "step-1", kind: `${step} returned ${came}, not ${expected}` },
      }),
    );
  }
});

test("a bundle that is spoiled in place fails the message too", () => {
  const mapper = mapperWith({
    after(bundle) {
      Object.assign(bundle, { entry: "none" });
      return undefined;
    },
  });
  expect(() => mapper.map(messageOf(), lakeshore)).toThrow(/mapping\.transformFailed/u);
});

test("an explanation tells what a transform changed from what a field gave", () => {
  const mapper = mapperWith({
    after(bundle) {
      const [first] = bundle.entry ?? [];
      if (first?.resource?.resourceType === "Patient") first.resource.gender = "other";
      return undefined;
    },
  });
  const { sources } = mapper.explain(messageOf(), lakeshore);
  const of = (ending: string) => sources.find(({ path }) => path.endsWith(ending));
  expect(of("resource.gender")).toEqual({
    path: "entry[0].resource.gender",
    rule: "transform step-1",
  });
  expect(of("resource.birthDate")).toMatchObject({ field: "PID-7", by: "patient.birthDate" });
});
