import type { Hl7Message } from "@trestle/hl7v2";
import {
  type Mapper,
  type MappingSite,
  type UnmappedField,
  codeTables,
  createMapper,
  unmappedFields,
} from "@trestle/mapping";
import { parsedMessages } from "./parsed-messages.ts";

/** A field that reached no output in some messages and is not declared as not mapped. */
interface Loss {
  readonly place: string;
  readonly name: string;
  readonly times: number;
  readonly types: readonly string[];
}

/** Losses as a table. */
export function lossTable(losses: readonly Loss[]): string {
  const total = losses.reduce((sum, { times }) => sum + times, 0);
  return [
    "## Fields that reached no output and are not declared",
    "",
    `${total} times a field or component, in ${losses.length} places.`,
    ...(losses.length === 0 ? [] : heading),
    ...losses.map(
      ({ place, name, times, types }) => `| ${place} | ${name} | ${times} | ${types.join(" ")} |`,
    ),
  ].join("\n");
}

const heading = ["", "| Field | Name | Times | In |", "| --- | --- | --- | --- |"];

/**
 * What the reference messages lose without a word: each field that `trestle hl7 to-fhir --unmapped`
 * names, most often lost first. Only the tables of the product are used, as at a site without any.
 */
export function unexplainedLosses(): readonly Loss[] {
  const mapper = createMapper();
  const lost = parsedMessages().flatMap(({ message }) =>
    fieldsLost(message, mapper).map((field) => ({ ...field, type: message.type })),
  );
  const losses = [...Map.groupBy(lost, ({ place }) => place)].map(([place, all]): Loss => ({
    place,
    name: all[0]?.name ?? "",
    times: all.length,
    types: typesOf(all.map(({ type }) => type)),
  }));
  return losses.toSorted((a, b) => b.times - a.times || a.place.localeCompare(b.place));
}

function fieldsLost(message: Hl7Message, mapper: Mapper): readonly UnmappedField[] {
  const { fields, stopped } = unmappedFields(message, { mapper, site });
  if (stopped !== undefined) throw new RangeError(stopped.text);
  return fields;
}

/** The first few: some fields are lost in every type. */
function typesOf(types: readonly string[]): readonly string[] {
  const all = [...new Set(types)].toSorted();
  return all.length > 6 ? [...all.slice(0, 6), `and ${all.length - 6} more`] : all;
}

const site: MappingSite = { id: "proof", timeZone: "UTC", tables: codeTables(new Map()) };
