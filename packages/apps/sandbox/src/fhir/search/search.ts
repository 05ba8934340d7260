import type { OfferedType } from "../capability/resource-types.ts";
import { parseQuery } from "../http/ask.ts";
import type { Answer, Query } from "../http/exchange.ts";
import { countDocument } from "../http/read.ts";
import type { Visit } from "../http/visit.ts";
import { find } from "./find.ts";
import { firstPage, furtherPage } from "./page.ts";
import { printParameters } from "./parameters-text.ts";
import { readRequest } from "./request.ts";

/**
 * `GET Type?…`.
 *
 * @throws {Refused} As `find` does; 4113 for a session that is over.
 */
export function search(visit: Visit, offered: OfferedType): Answer {
  return searchBy(visit, offered, visit.ask.query);
}

/** `POST Type/_search`. Of the address only `_format` counts. */
export function searchByPost(visit: Visit, offered: OfferedType): Answer {
  return searchBy(visit, offered, parseQuery(visit.ask.body));
}

function searchBy(visit: Visit, offered: OfferedType, query: Query): Answer {
  const { access, switches } = visit;
  const { type } = offered;
  access.needs({ type, operation: "Search" });
  const further = query.find(([name]) => name === visit.switches.pageParameter);
  if (further !== undefined) return furtherPage(visit, type, further[1]);
  const request = readRequest(offered, query);
  countDocument(visit, type);
  const { found, postFilter, notes } = find(visit, offered, request);
  return firstPage(
    visit,
    {
      holder: access.holder,
      type,
      parameters: printParameters(query),
      found,
      postFilter,
      includes: request.includes,
      hasProvenance: request.hasProvenance,
      pageSize: pageSize(request.count, switches.pageDefault),
      notes,
      position: 0,
    },
    request.isSummary,
  );
}

/** More than a thousand are never sent at once. */
function pageSize(count: string | undefined, byDefault: number): number {
  const asked = Number(count);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, maxPage) : byDefault;
}

const maxPage = 1000;
