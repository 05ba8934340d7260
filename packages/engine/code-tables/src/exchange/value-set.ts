import type { CodeRow } from "@trestle/mapping";
import { z } from "zod";
import { tableErrors } from "../errors.ts";
import { type TableName, nameOf } from "./concept-map.ts";

interface Contained {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
  readonly display?: string | undefined;
  readonly contains?: readonly Contained[] | undefined;
}

const contained: z.ZodType<Contained> = z.object({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
  contains: z.lazy(() => z.array(contained)).optional(),
});

const concept = z.object({ code: z.string(), display: z.string().optional() });

const valueSet = z.object({
  resourceType: z.literal("ValueSet"),
  expansion: z.object({ contains: z.array(contained) }).optional(),
  compose: z
    .object({
      include: z.array(
        z.object({ system: z.string().optional(), concept: z.array(concept).optional() }),
      ),
    })
    .optional(),
});

/**
 * The codes that a ValueSet lists as rows of their own, each translated to itself and proposed: a
 * person says what they mean. The expansion counts where there is one. A set that only describes its
 * codes, by a filter or another set, lists none.
 *
 * @throws {TrestleError} `tables.badResource`
 * @see FHIR R4 (4.0.1), 4.9 Resource ValueSet
 */
export function rowsOfValueSet(resource: unknown): readonly CodeRow[] {
  const read = valueSet.safeParse(resource);
  if (!read.success) throw tableErrors.badResource({ type: "ValueSet" }, read.error);
  const { expansion, compose } = read.data;
  const listed: readonly Contained[] =
    expansion?.contains ??
    compose?.include.flatMap(({ system, concept: concepts = [] }) =>
      concepts.map((each) => ({ ...each, system })),
    ) ??
    [];
  const rows = withInner(listed).flatMap(({ system = "", code, display = "" }) =>
    code === undefined ? [] : [{ local: code, display, system, code, ...unproven }],
  );
  if (rows.length === 0) throw tableErrors.badResource({ type: "ValueSet", codes: 0 });
  return rows;
}

/** The standard's codes that a table translates to, as a ValueSet; each once. */
export function valueSetOf(
  rows: readonly CodeRow[],
  { site, table }: TableName,
): z.infer<typeof valueSet> & Readonly<Record<string, unknown>> {
  const mapped = rows.filter(({ status }) => status !== "not mapped on purpose");
  const bySystem = Map.groupBy(mapped, ({ system }) => system);
  return {
    resourceType: "ValueSet",
    url: `urn:trestle:${site}:${table}:value-set`,
    name: nameOf({ site, table }),
    status: "active",
    compose: {
      include: Array.from(bySystem, ([system, ofSystem]) => ({
        system,
        concept: [...new Map(ofSystem.map((row) => [row.code, conceptOf(row)])).values()],
      })),
    },
  };
}

function conceptOf({ code, display }: CodeRow): z.infer<typeof concept> {
  return { code, ...(display !== "" && { display }) };
}

function withInner(list: readonly Contained[]): readonly Contained[] {
  return list.flatMap((each) => [each, ...withInner(each.contains ?? [])]);
}

const unproven = { status: "proposed", note: "" } as const;
