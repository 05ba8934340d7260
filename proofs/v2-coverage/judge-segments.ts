import { declaredDifferences } from "@trestle/mapping";
import { requirementsOf } from "./condition.ts";
import { extensionUrls } from "./element.ts";
import { type Judged, judge } from "./judged.ts";
import { type PublishedRow, codesFor, segmentTables } from "./published-tables.ts";
import { samplesAt, samplesOf } from "./sample-values.ts";
import { type Trial, evidenceFor } from "./trial.ts";

/** Every line of the published segment tables, and what becomes of it. */
export function judgeSegments(): readonly Judged[] {
  const differences = declaredDifferences();
  return [...segmentTables().values()].flatMap((rows) =>
    rows.map((row) => {
      const urls = extensionUrls(rows, row.from);
      return judge(row, differences, ({ constant, ...where }) =>
        evidenceFor({ ...trialOf(row), constant }, { ...where, urls }),
      );
    }),
  );
}

/** What to try for a line of a segment table. */
export function trialOf(row: PublishedRow): Trial {
  const place = row.from === "" ? row.table.slice(0, 3) : row.from;
  return { place, values: valuesFor(row), condition: row.condition, constant: row.constant };
}

/** Codes of the line's table first, then whatever the data type may hold. */
function valuesFor(row: PublishedRow): readonly string[] {
  const type = /^varies$/iu.test(row.dataType) ? typeByCondition(row) : row.dataType;
  const codes = codesFor(row.codeTable).slice(0, 4);
  const coded = codes.map(({ local }) => (type.startsWith("C") ? `${local}^Words77` : local));
  return [...new Set([...samplesAt(row.from), ...coded, ...samplesOf(type)])];
}

/** OBX-5 is of the type that OBX-2 names. */
function typeByCondition({ condition, dataTypeTable }: PublishedRow): string {
  const named = requirementsOf(condition)?.find(({ place }) => place === "OBX-2")?.values?.[0];
  return named ?? /^(?<type>[A-Z]{2,3})\[/u.exec(dataTypeTable)?.groups?.["type"] ?? "ST";
}
