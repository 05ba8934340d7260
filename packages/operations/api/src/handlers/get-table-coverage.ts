import type { Routes } from "../contract/index.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";
import { instantOf } from "../message-view.ts";
import { coverageOf } from "../table-use.ts";

export const getTableCoverage: Handler<Routes["getTableCoverage"]> = async (
  { params: { site } },
  { integration, usedRows, unmappedCodes, tableRows },
) => {
  if (!integration().sites.has(site)) throw apiErrors.notFound();
  const since = await usedRows.since();
  const codes = await unmappedCodes.codesOf(site);
  return {
    ...(since !== undefined && { countedSince: instantOf(since) }),
    tables: coverageOf({
      own: tableRows.own(site),
      used: await usedRows.used({ site }),
      unmapped: codes.filter((code) => !unmappedCodes.hasRow({ site, ...code })),
    }),
  };
};
