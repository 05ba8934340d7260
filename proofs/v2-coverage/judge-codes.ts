import { declaredDifferences, differenceFor } from "@trestle/mapping";
import { type Where, extensionUrls, leavesAt } from "./element.ts";
import { trialOf } from "./judge-segments.ts";
import { carriersByTable, trialIn, whereIn } from "./judge-data-types.ts";
import { type Judged, typeOfTable } from "./judged.ts";
import { mapped } from "./mapped.ts";
import {
  type PublishedCode,
  type PublishedRow,
  codesFor,
  dataTypeTables,
  publishedCodes,
} from "./published-tables.ts";
import { type Probe, type Trial, probesOf } from "./trial.ts";

/** What the mapping does with one published code. */
export interface JudgedCode {
  readonly table: string;
  readonly code: PublishedCode;
  readonly verdict: Judged["verdict"];
}

/** A place that is read through a published code table, and where its code stands in the result. */
interface Reader {
  readonly trial: Trial;
  readonly where: Where;
}

/** Every published code that a covered field or component reads, and what becomes of it. */
export function judgeCodes(
  segments: readonly Judged[],
  dataTypes: readonly Judged[],
): readonly JudgedCode[] {
  const differences = declaredDifferences();
  const readers = Map.groupBy(readersOf(segments, dataTypes), ({ table }) => table);
  return [...readers].flatMap(([table, own]) => {
    const probes = own.flatMap(({ reader }) =>
      probesOf(reader.trial).map((probe) => ({ reader, probe })),
    );
    const useful = probes.filter(
      ({ reader, probe }) => leavesAt(mapped(probe.probe), reader.where).length > 0,
    );
    return codesFor(table).map((code): JudgedCode => {
      if (useful.some((each) => gives(each, code))) return { table, code, verdict: "covered" };
      const named = { field: table, elements: [code.local] };
      const isDeclared = differenceFor(differences, named) !== undefined;
      return { table, code, verdict: isDeclared ? "differs" : "missing" };
    });
  });
}

function gives({ reader, probe }: { reader: Reader; probe: Probe }, code: PublishedCode): boolean {
  const { place } = reader.trial;
  const isWhole = !place.includes(".") && !/^C[WNE]/u.test(probe.probe.field(place));
  const message = probe.probe.with(isWhole ? `${place}.1` : place, code.local);
  return leavesAt(mapped(message), reader.where).some(({ value }) => String(value) === code.code);
}

function readersOf(segments: readonly Judged[], dataTypes: readonly Judged[]) {
  return [...readingFields(segments), ...readingComponents(segments, dataTypes)];
}

function readingFields(segments: readonly Judged[]) {
  return segments.filter(isReader).map(({ row }) => ({
    table: tableNamed(row.codeTable),
    reader: {
      trial: trialOf(row),
      where: {
        type: typeOfTable(row.table),
        element: row.element,
        urls: urlsAround(segments, row),
      },
    },
  }));
}

function readingComponents(segments: readonly Judged[], dataTypes: readonly Judged[]) {
  const carriers = carriersByTable(segments);
  return dataTypes.filter(isReader).flatMap(({ row }) => {
    const urls = extensionUrls(dataTypeTables().get(row.table) ?? [], row.from);
    return (carriers.get(row.table.toLowerCase()) ?? []).slice(0, 2).map((carrier) => ({
      table: tableNamed(row.codeTable),
      reader: {
        trial: trialIn(carrier, row),
        where: whereIn({ carrier, line: row, urls }),
      },
    }));
  });
}

function isReader({ row, verdict }: Judged): boolean {
  return verdict === "covered" && row.codeTable !== "" && row.constant === undefined;
}

function urlsAround(segments: readonly Judged[], { table, from }: PublishedRow) {
  const rows = segments.map(({ row }) => row).filter((row) => row.table === table);
  return extensionUrls(rows, from);
}

function tableNamed(written: string): string {
  return publishedCodes().has(written) ? written : written.replaceAll(/[\s/]/gu, "");
}
