import { createHash } from "node:crypto";
import type { FhirResource } from "@trestle/fhir";
import type { DataDefect } from "../site/defect.ts";
import type { Ids } from "./ids.ts";
import type { Filed } from "./store.ts";

/** What is wrong, and how the site writes ids. */
export interface Wrong {
  readonly defects: readonly DataDefect[];
  readonly ids: Ids;
}

/** Resources with what is wrong at a site. Which of them have a defect follows from their ids. */
export function withDefects(filed: readonly Filed[], wrong: Wrong): readonly Filed[] {
  if (wrong.defects.length === 0) return filed;
  return filed.map((each) => {
    const { resource, subType } = each;
    const chosen = wrong.defects.filter(
      (defect, index) =>
        defect.resource === resource.resourceType &&
        (defect.subType === undefined || defect.subType === subType) &&
        drawn(`${index} ${resource.id}`) < defect.share,
    );
    return chosen.length === 0 ? each : { ...each, resource: spoiled(resource, chosen, wrong.ids) };
  });
}

/** A number in [0, 1), the same for the same text. */
function drawn(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/** In a copy, since resources are shared. */
function spoiled<R extends FhirResource>(resource: R, defects: readonly DataDefect[], ids: Ids): R {
  const copy = structuredClone(resource);
  for (const { at, wrong } of defects) {
    const names = at.split(".");
    const last = names.pop() ?? "";
    for (const owner of ownersAt([copy], names)) spoil(owner, last, { wrong, ids });
  }
  return copy;
}

type Elements = Record<string, unknown>;

function ownersAt(from: readonly unknown[], names: readonly string[]): readonly Elements[] {
  const reached = names.reduce<readonly unknown[]>(
    (values, name) => values.flatMap((value) => (isElements(value) ? [value[name]].flat() : [])),
    from,
  );
  return reached.filter(isElements);
}

function isElements(value: unknown): value is Elements {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function spoil(
  owner: Elements,
  name: string,
  { wrong, ids }: { readonly wrong: DataDefect["wrong"]; readonly ids: Ids },
): void {
  const value = owner[name];
  if (value === undefined) return;
  if (wrong === "missing") {
    delete owner[name];
    return;
  }
  const change = (one: unknown) => changes[wrong](one, ids);
  owner[name] = Array.isArray(value) ? value.map(change) : change(value);
}

/** What becomes of a value; one that is of another kind stays. */
const changes: Readonly<
  Record<Exclude<DataDefect["wrong"], "missing">, (value: unknown, ids: Ids) => unknown>
> = {
  unit: (value) =>
    isElements(value) ? { ...value, unit: "mgs per dl", code: "mgs per dl" } : value,
  code: (value) => (isElements(value) ? { ...value, coding: [localCoding] } : value),
  future: (value) => (typeof value === "string" ? withYear(value, 100) : value),
  old: (value) => (typeof value === "string" ? withYear(value, -10) : value),
  dangling: (value, ids) =>
    isElements(value) ? { ...value, reference: nowhere(value["reference"], ids) } : value,
};

function withYear(time: string, years: number): string {
  const year = Number(time.slice(0, 4)) + years;
  // That day is not in every year.
  return `${year}${time.slice(4)}`.replace(/^(?<year>\d{4})-02-29/u, "$<year>-02-28");
}

/** In the form of the site's ids, of a chart that nobody has. */
function nowhere(reference: unknown, ids: Ids): string {
  const type = typeof reference === "string" ? (reference.split("/").at(-2) ?? "") : "";
  const key = { type, owner: 4_000_000, kind: 0, item: 0, part: 0 };
  return `${type}/${ids.print("stored", key)}`;
}

const localCoding = {
  system: "urn:oid:1.2.840.114350.1.13.0.1.7.2.999999",
  code: "ZZ-LOCAL",
  display: "Known here alone",
};
