import { componentLabel, fieldLabel, segmentLabel } from "./knowledge/names.ts";
import { type Version, versionFor } from "./knowledge/versions.ts";
import type { Hl7Message } from "./message.ts";
import type { Component, Field, Repetition, Segment } from "./segment.ts";

/** A part of a message that holds something, with its name. */
export interface TreeNode {
  /**
   * Where it stands, as `Hl7Message.get` reads it: `PID`, `PID-3`, `PID-3[1].4.1`. Only the node
   * of a first repetition that others follow says its number, `PID-3[0]`, so that no two nodes
   * stand at the same place.
   */
  readonly at: string;
  /** What the standard calls it; empty where it has no name. */
  readonly label: string;
  /** Without escapes, `""` for the HL7 null. Empty where there are children, and for segments. */
  readonly text: string;
  readonly children: readonly TreeNode[];
}

/**
 * The message as a tree: segments, fields, repetitions where there are several, components,
 * subcomponents. What is empty is left out, and what is not divided is not divided here either: a
 * PID-8 of one component is one node. Names are those of the version in MSH-12.
 */
export function describeMessage(message: Hl7Message): readonly TreeNode[] {
  const { version } = versionFor(message.version);
  return message.segments.map((segment) => ({
    at: segment.at,
    label: segmentLabel(segment.name, version) ?? "",
    text: "",
    children: fieldsOf(segment, version),
  }));
}

function fieldsOf(segment: Segment, version: Version): readonly TreeNode[] {
  return counted(segment.fieldCount, (number) => {
    const field = segment.field(number);
    const { name = "", type: written = "" } = fieldLabel(segment.name, number, version) ?? {};
    const type = written === "varies" ? typeNamedBy(segment) : written;
    return describeField(field, { name, type, version });
  });
}

/** The type of OBX-5, which OBX-2 gives. */
function typeNamedBy(segment: Segment): string {
  return segment.name === "OBX" ? (segment.field(2).text ?? "") : "";
}

interface Named {
  readonly name: string;
  readonly type: string;
  readonly version: Version;
}

function describeField(field: Field, named: Named): TreeNode | undefined {
  const { name } = named;
  const { repetitions } = field;
  const [first] = repetitions;
  if (first === undefined) return undefined;
  if (repetitions.length === 1) {
    return node({ at: field.at, label: name, ...insideOf(first, named) });
  }
  const children = repetitions.map((repetition) =>
    node({ at: numberedPlace(repetition), label: "", ...insideOf(repetition, named) }),
  );
  return node({ at: field.at, label: name, text: "", children: present(children) });
}

function numberedPlace({ field, index }: Repetition): string {
  return `${field.at}[${index}]`;
}

interface Inside {
  readonly text: string;
  readonly children: readonly TreeNode[];
}

function insideOf(repetition: Repetition, { type, version }: Named): Inside {
  const first = repetition.component(1);
  if (repetition.componentCount === 1 && first.subcomponentCount === 1) {
    return { text: textOf(first), children: [] };
  }
  const children = counted(repetition.componentCount, (number) => {
    const label = componentLabel(type, number, version) ?? { name: "", type: "" };
    return describeComponent(repetition.component(number), { ...label, version });
  });
  return { text: "", children };
}

function describeComponent(
  component: Component,
  { name, type, version }: Named,
): TreeNode | undefined {
  if (component.subcomponentCount === 1) {
    return node({ at: component.at, label: name, text: textOf(component), children: [] });
  }
  const children = counted(component.subcomponentCount, (number) => {
    const part = component.subcomponent(number);
    const label = componentLabel(type, number, version)?.name ?? "";
    return node({ at: part.at, label, text: textOf(part), children: [] });
  });
  return node({ at: component.at, label: name, text: "", children });
}

function textOf({ raw, text }: { readonly raw: string; readonly text: string | undefined }) {
  return text ?? raw;
}

/** Nothing where nothing is written: no text, and no child with any. */
function node(found: TreeNode): TreeNode | undefined {
  return found.text === "" && found.children.length === 0 ? undefined : found;
}

function counted(
  count: number,
  describe: (number: number) => TreeNode | undefined,
): readonly TreeNode[] {
  return present(Array.from({ length: count }, (_, index) => describe(index + 1)));
}

function present(nodes: readonly (TreeNode | undefined)[]): readonly TreeNode[] {
  return nodes.filter((found) => found !== undefined);
}
