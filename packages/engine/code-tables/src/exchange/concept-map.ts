import type { CodeRow, CodeStatus } from "@trestle/mapping";
import { z } from "zod";
import { tableErrors } from "../errors.ts";

/** Whose table it is, for the names in what is made of it. */
export interface TableName {
  readonly site: string;
  readonly table: string;
}

const extensions = z
  .array(z.object({ url: z.string(), valueCode: z.string().optional() }).loose())
  .optional();

const target = z.object({
  code: z.string().optional(),
  display: z.string().optional(),
  equivalence: z.string(),
  comment: z.string().optional(),
  extension: extensions,
});

const conceptMap = z.object({
  resourceType: z.literal("ConceptMap"),
  group: z
    .array(
      z.object({
        source: z.string().optional(),
        target: z.string().optional(),
        element: z.array(
          z.object({
            code: z.string(),
            display: z.string().optional(),
            target: z.array(target).optional(),
          }),
        ),
      }),
    )
    .min(1),
});

type Target = z.infer<typeof target>;
type ConceptMap = z.infer<typeof conceptMap>;

/**
 * The rows that a ConceptMap stands for. `equal` and `equivalent` are mapped, `unmatched` is not
 * mapped on purpose, and whatever is only near (`wider`, `narrower`, `inexact` and others) is
 * proposed, with the word in its note. Of several targets of one code the first is taken.
 *
 * @throws {TrestleError} `tables.badResource`
 * @see FHIR R4 (4.0.1), 4.10 Resource ConceptMap
 */
export function rowsOfConceptMap(resource: unknown): readonly CodeRow[] {
  const read = conceptMap.safeParse(resource);
  if (!read.success) throw tableErrors.badResource({ type: "ConceptMap" }, read.error);
  return read.data.group.flatMap(({ target: system = "", element }) =>
    element.map(({ code, display = "", target: targets = [] }) =>
      rowOf({ local: code, display, system }, targets[0]),
    ),
  );
}

/** A code table as a ConceptMap from the site's codes to those of each system. */
export function conceptMapOf(
  rows: readonly CodeRow[],
  { site, table }: TableName,
): ConceptMap & Readonly<Record<string, unknown>> {
  const bySystem = Map.groupBy(rows, ({ system }) => system);
  return {
    resourceType: "ConceptMap",
    url: `urn:trestle:${site}:${table}:concept-map`,
    name: nameOf({ site, table }),
    status: "active",
    group: Array.from(bySystem, ([system, ofSystem]) => ({
      source: `urn:trestle:${site}:${table}`,
      ...(system !== "" && { target: system }),
      element: ofSystem.map((row) => ({ code: row.local, target: [targetOf(row)] })),
    })),
  };
}

/** A name as FHIR wants it for programs: letters, digits and underscores. */
export function nameOf({ site, table }: TableName): string {
  const name = `${site}_${table}`.replaceAll(/\W/gu, "_");
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function rowOf(
  { local, display, system }: Pick<CodeRow, "local" | "display" | "system">,
  found: Target | undefined,
): CodeRow {
  const status = statusOf(found);
  const near = status === "proposed" && statusSaid(found) === undefined ? found?.equivalence : "";
  const note = [found?.comment ?? "", near ?? ""].filter((text) => text !== "").join("; ");
  return {
    local,
    display: found?.display ?? display,
    system,
    code: found?.code ?? "",
    status,
    note,
    ...said(found, "from"),
    ...said(found, "until"),
  };
}

function targetOf({ code, display, status, note, from, until }: CodeRow): Target {
  const extension = [
    ...(status === "proposed" ? [{ url: `${extensionBase}status`, valueCode: status }] : []),
    ...(from === undefined ? [] : [{ url: `${extensionBase}from`, valueCode: from }]),
    ...(until === undefined ? [] : [{ url: `${extensionBase}until`, valueCode: until }]),
  ];
  return {
    ...(extension.length > 0 && { extension }),
    ...(code !== "" && { code }),
    ...(display !== "" && { display }),
    equivalence: status === "not mapped on purpose" ? "unmatched" : "equivalent",
    ...(note !== "" && { comment: note }),
  };
}

function statusOf(found: Target | undefined): CodeStatus {
  if (found === undefined || found.equivalence === "unmatched") return "not mapped on purpose";
  if (statusSaid(found) !== undefined) return "proposed";
  return same.has(found.equivalence) ? "mapped" : "proposed";
}

function statusSaid(found: Target | undefined): string | undefined {
  return valueOf(found, "status");
}

function said(found: Target | undefined, name: "from" | "until"): Partial<CodeRow> {
  const day = valueOf(found, name);
  return day === undefined ? {} : { [name]: day };
}

function valueOf(found: Target | undefined, name: string): string | undefined {
  return found?.extension?.find(({ url }) => url === `${extensionBase}${name}`)?.valueCode;
}

const same: ReadonlySet<string> = new Set(["equal", "equivalent"]);
/** What a ConceptMap has no element for. */
const extensionBase = "urn:trestle:code-table:";
