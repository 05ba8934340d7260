import { declaredDifferences } from "@trestle/mapping";
import { type Where, extensionUrls } from "./element.ts";
import { type Judged, judge, typeOfTable } from "./judged.ts";
import { trialOf } from "./judge-segments.ts";
import { type PublishedRow, dataTypeTables } from "./published-tables.ts";
import { type Trial, evidenceFor } from "./trial.ts";

/** A field that is read by a data type table, and the element in which its value stands. */
export interface Carrier {
  readonly row: PublishedRow;
  readonly urls: ReadonlyMap<string, string>;
}

/** Enough fields to try a component in; more give the same and take long. */
const maxCarriers = 6;

/**
 * Every line of the data type tables that a covered field uses, and what becomes of it: some of
 * those fields must carry the component to the element inside its own.
 */
export function judgeDataTypes(segments: readonly Judged[]): readonly Judged[] {
  const differences = declaredDifferences();
  const carriers = carriersByTable(segments);
  return [...dataTypeTables()].flatMap(([table, rows]) => {
    const own = carriers.get(table.toLowerCase());
    if (own === undefined) return [];
    return rows.map((row) => {
      const urls = extensionUrls(rows, row.from);
      return judge(row, differences, ({ element, constant }) => {
        for (const carrier of own.slice(0, maxCarriers)) {
          const where = whereIn({ carrier, line: { ...row, element }, urls });
          const found = evidenceFor({ ...trialIn(carrier, row), constant }, where);
          if (found !== undefined) return found;
        }
        return undefined;
      });
    });
  });
}

/** What to try for a component of a field. */
export function trialIn({ row: field }: Carrier, row: PublishedRow): Trial {
  const component = /^[A-Z]+[.-](?<number>\d+)/u.exec(row.from)?.groups?.["number"];
  const place = component === undefined ? field.from : `${field.from}.${component}`;
  return { ...trialOf(field), place, condition: conditionOf(field, row), constant: row.constant };
}

function conditionOf(field: PublishedRow, row: PublishedRow): string {
  return [field.condition, row.condition].filter((condition) => condition !== "").join(" AND ");
}

/** The element of a data type inside of that of a field. */
export function whereIn({ carrier: { row, urls }, line, urls: own }: Inside): Where {
  // A point of care, a room and a bed are a Location each, of which the field refers to one.
  if (line.table === "PL[Location]")
    return {
      type: "Location",
      element: line.element.replace(/^\[.*?\]\.(?:location\(Location\.)?/u, ""),
      urls: own,
    };
  const bare = line.element.replace(/^(?:\$\w+|Quantity\.)/u, "");
  const around = row.element === "$this" ? "" : row.element;
  const ownUrls = [...own].map(([at, url]): [string, string] => [joined(around, at), url]);
  return {
    type: typeOfTable(row.table),
    element: joined(around, bare),
    urls: new Map([...urls, ...ownUrls]),
  };
}

/** A line of a data type table and a field that is read by it. */
interface Inside {
  readonly carrier: Carrier;
  readonly line: Pick<PublishedRow, "table" | "element">;
  /** The extensions of the data type table. */
  readonly urls: ReadonlyMap<string, string>;
}

function joined(around: string, inside: string): string {
  return [around, inside].filter((path) => path !== "").join(".");
}

/** Covered fields by the data type table they use; the tables do not agree on capitals. */
export function carriersByTable(
  segments: readonly Judged[],
): ReadonlyMap<string, readonly Carrier[]> {
  const found = new Map<string, Carrier[]>();
  for (const [, lines] of Map.groupBy(segments, ({ row }) => row.table)) {
    for (const { row, verdict } of lines) {
      const urls = extensionUrls(
        lines.map((line) => line.row),
        row.from,
      );
      const name = row.dataTypeTable.toLowerCase();
      if (verdict !== "covered" || row.constant !== undefined || name === "") continue;
      found.set(name, [...(found.get(name) ?? []), { row, urls }]);
    }
  }
  return found;
}
