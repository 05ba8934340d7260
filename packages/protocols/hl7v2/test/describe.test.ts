import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type TreeNode, decodeMessage, describeMessage } from "../src/index.ts";
import { headed, parsed } from "./written.ts";

const samples = new URL("../../../../integrations/sample/messages/", import.meta.url);

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
        "PID Patient Identification: ",
        "PID-3 Patient Identifier List: ",
        "PID-3[0] : ",
        "PID-3.1 ID Number: A",
        "PID-3.4 Assigning Authority: ",
        "PID-3.4.1 Namespace ID: EPI",
        "PID-3.4.2 Universal ID: 1.2",
        "PID-3[1].4 Assigning Authority: TH",
        "PID-5.2 Given Name: EDITH",
        "OBX[1]-5 Observation Value: a & b",
        "ZPD Site's own segment: ",
        "ZPD-2.1 : m",
      ]),
    );
  });

  test("names the parts of OBX-5 by the type in OBX-2", () => {
    expect(rows(tree)).toContain("OBX-5.1 Identifier: X");
    expect(rows(tree)).toContain("OBX-5[1] : Z");
  });

  test("divides nothing that is not divided", () => {
    expect(rows(tree)).toContain("PID-9 Patient Alias: F");
    expect(rows(tree)).toContain("MSH-2 Encoding Characters: ^~\\&");
  });

  test("divides a single component that has subcomponents", () => {
    const nodes = describeMessage(parsed(headed("OBX|1|TX|||bread & butter\r")));
    expect(rows(nodes).filter((row) => row.startsWith("OBX-5"))).toEqual([
      "OBX-5 Observation Value: ",
      "OBX-5.1 : ",
      "OBX-5.1.1 : bread ",
      "OBX-5.1.2 :  butter",
    ]);
  });

  test("leaves out what is empty, and shows the null", () => {
    expect(rows(tree).filter((row) => /^PID-[2478]\b/u.test(row))).toEqual([]);
    expect(rows(tree)).toContain('PID-6 Mother\'s Maiden Name: ""');
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
