import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { segments, types } from "../src/labels/tables.ts";
import {
  type TreeNode,
  componentLabel,
  decodeMessage,
  describeMessage,
  fieldLabel,
  segmentLabel,
} from "../src/index.ts";
import { headed, parsed } from "./written.ts";

const samples = new URL("../../../../integrations/sample/messages/", import.meta.url);

/** Data types without components. */
const simple = new Set("ST ID IS NM SI TX FT DT TM DTM GTS varies".split(" "));

/** How many fields each segment has; counted in HL7 v2.5.1, chapters 2 to 11. */
const fieldCounts = `
  ADD 1, BHS 12, BTS 3, DSC 2, ERR 12, FHS 12, FTS 2, MSA 6, MSH 21, NTE 4, SFT 6, QRD 12,
  QRF 10, QPD 3, QAK 6, RCP 7, EVN 7, PID 39, PD1 21, NK1 39, MRG 7, AL1 6, IAM 20, DB1 8,
  ROL 12, PV1 52, PV2 49, DG1 21, PR1 20, GT1 57, IN1 53, IN2 72, IN3 25, ACC 11, FT1 31, BLG 4,
  ORC 31, OBR 50, TQ1 14, TQ2 10, OBX 25, SPM 29, CTI 3, TXA 23, RXO 28, RXR 6, RXC 9, RXE 44,
  RXD 33, RXG 26, RXA 26, SCH 27, RGS 3, AIS 12, AIG 14, AIL 12, AIP 12, RF1 11, AUT 10, PRD 9,
  CTD 7
`;

describe("a name", () => {
  test.each([
    { segment: "MSH", number: 9, name: "Message type", type: "MSG" },
    { segment: "MSH", number: 18, name: "Character set", type: "ID" },
    { segment: "PID", number: 3, name: "Patient identifiers", type: "CX" },
    { segment: "PID", number: 39, name: "Tribal citizenship", type: "CWE" },
    { segment: "PV1", number: 19, name: "Visit number", type: "CX" },
    { segment: "PV1", number: 44, name: "Time of admission", type: "TS" },
    { segment: "PV2", number: 12, name: "Visit description", type: "ST" },
    { segment: "IN1", number: 36, name: "Policy number", type: "ST" },
    { segment: "IN1", number: 49, name: "Insured's ID number", type: "CX" },
    { segment: "OBR", number: 25, name: "Result status", type: "ID" },
    { segment: "OBX", number: 14, name: "Time of observation", type: "TS" },
    { segment: "SCH", number: 25, name: "Appointment status", type: "CE" },
    { segment: "RXA", number: 20, name: "Completion status", type: "ID" },
    { segment: "TXA", number: 12, name: "Document number", type: "EI" },
    { segment: "ERR", number: 8, name: "Message for the user", type: "TX" },
  ])("of $segment-$number is $name", ({ segment, number, name, type }) => {
    expect(fieldLabel(segment, number)).toEqual({ name, type });
  });

  test.each([
    { type: "CX", number: 5, name: "Identifier type", inner: "ID" },
    { type: "XPN", number: 1, name: "Family name", inner: "FN" },
    { type: "XAD", number: 5, name: "Postal code", inner: "ST" },
    { type: "XCN", number: 9, name: "Assigning authority", inner: "HD" },
    { type: "HD", number: 2, name: "Universal ID", inner: "ST" },
    { type: "TS", number: 1, name: "Time", inner: "DTM" },
  ])("of component $number of $type is $name", ({ type, number, name, inner }) => {
    expect(componentLabel(type, number)).toEqual({ name, type: inner });
  });

  test("of a segment is the standard's, or that it is the site's own", () => {
    expect(segmentLabel("PV1")).toBe("Visit");
    expect(segmentLabel("ZPD")).toBe("Site's own segment");
    expect(segmentLabel("QQQ")).toBeUndefined();
    expect(segmentLabel("constructor")).toBeUndefined();
  });

  test("is none where the standard has none", () => {
    expect(fieldLabel("PID", 0)).toBeUndefined();
    expect(fieldLabel("PID", 40)).toBeUndefined();
    expect(fieldLabel("ZPD", 1)).toBeUndefined();
    expect(componentLabel("ST", 1)).toBeUndefined();
    expect(componentLabel("CX", 11)).toBeUndefined();
  });
});

describe("the tables", () => {
  test.each(fieldCounts.split(",").map((line) => line.trim().split(" ")))(
    "know every field of %s: %s",
    (segment = "", count = "") => {
      expect(segments.get(segment)?.fields).toHaveLength(Number(count));
    },
  );

  test("know every data type that they name", () => {
    const rows = [
      ...[...segments.values()].flatMap(({ fields }) => fields),
      ...[...types.values()].flat(),
    ];
    const unknown = rows
      .map(([, type]) => type)
      .filter((type) => !simple.has(type) && !types.has(type));
    expect(unknown).toEqual([]);
    expect(rows.filter(([name]) => name.trim() !== name || name === "")).toEqual([]);
  });
});

describe("the tree", () => {
  const tree = describeMessage(
    parsed(
      headed(
        'PID|1||A^^^EPI&1.2&ISO~B^^^TH^MR||WREN^EDITH|""|^^|~|F\r' +
          "OBX|1|CE|8-7^PULSE^LN||X^Y~Z\rOBX|2|TX|||a \\T\\ b\rZPD||m^n\r",
      ),
    ),
  );

  test("has segments, fields, repetitions, components and subcomponents with their names", () => {
    expect(rows(tree)).toEqual(
      expect.arrayContaining([
        "PID Patient identification: ",
        "PID-3 Patient identifiers: ",
        "PID-3[0] : ",
        "PID-3.1 ID number: A",
        "PID-3.4 Assigning authority: ",
        "PID-3.4.1 Namespace ID: EPI",
        "PID-3.4.2 Universal ID: 1.2",
        "PID-3[1].4 Assigning authority: TH",
        "PID-5.2 Given name: EDITH",
        "OBX[1]-5 Observation value: a & b",
        "ZPD Site's own segment: ",
        "ZPD-2.1 : m",
      ]),
    );
  });

  test("names the parts of OBX-5 by the type in OBX-2", () => {
    expect(rows(tree)).toContain("OBX-5.1 Code: X");
    expect(rows(tree)).toContain("OBX-5[1] : Z");
  });

  test("divides nothing that is not divided", () => {
    expect(rows(tree)).toContain("PID-9 Patient alias: F");
    expect(rows(tree)).toContain("MSH-2 Encoding characters: ^~\\&");
  });

  test("divides a single component that has subcomponents", () => {
    const nodes = describeMessage(parsed(headed("OBX|1|TX|||bread & butter\r")));
    expect(rows(nodes).filter((row) => row.startsWith("OBX-5"))).toEqual([
      "OBX-5 Observation value: ",
      "OBX-5.1 : ",
      "OBX-5.1.1 : bread ",
      "OBX-5.1.2 :  butter",
    ]);
  });

  test("leaves out what is empty, and shows the null", () => {
    expect(rows(tree).filter((row) => /^PID-[2478]\b/u.test(row))).toEqual([]);
    expect(rows(tree)).toContain('PID-6 Mother\'s maiden name: ""');
  });
});

describe("the sample messages", () => {
  const messages = readdirSync(samples)
    .filter((file) => file.endsWith(".hl7"))
    .map((file) => ({ file, message: read(file) }));

  test("are there", () => {
    expect(messages.length).toBeGreaterThan(0);
  });

  test.each(messages)("have a name for each segment and field: $file", ({ message }) => {
    const segmentNodes = describeMessage(message);
    const fieldNodes = segmentNodes
      .filter(({ at }) => !at.startsWith("Z"))
      .flatMap(({ children }) => children);
    const nameless = [...segmentNodes, ...fieldNodes].filter(({ label }) => label === "");
    expect(nameless.map(({ at }) => at)).toEqual([]);
  });

  test.each(messages)("read the same at each place of their tree: $file", ({ message }) => {
    const leaves = leavesOf(describeMessage(message));
    expect(leaves.length).toBeGreaterThan(20);
    expect(leaves.map(({ at }) => [at, message.get(at) ?? '""'])).toEqual(
      leaves.map(({ at, text }) => [at, text]),
    );
  });

  test.each(messages)("have one node at each place: $file", ({ message }) => {
    const places = nodesOf(describeMessage(message)).map(({ at }) => at);
    expect(new Set(places).size).toBe(places.length);
  });
});

function read(file: string) {
  const decoded = decodeMessage(readFileSync(new URL(file, samples)));
  return parsed(decoded.ok ? decoded.value.text : "");
}

function nodesOf(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...nodesOf(node.children)]);
}

function leavesOf(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodesOf(nodes).filter(({ children }) => children.length === 0);
}

function rows(nodes: readonly TreeNode[]): readonly string[] {
  return nodesOf(nodes).map(({ at, label, text }) => `${at} ${label}: ${text}`);
}
