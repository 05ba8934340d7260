import type { SiteSwitches } from "../../site/switches.ts";
import type { Exports } from "../bulk/exports.ts";
import type { Filed } from "../store.ts";
import type { SearchSessions } from "../search/sessions.ts";
import type { Access } from "./access.ts";
import type { DocumentQuota } from "./document-quota.ts";
import type { Answer, Ask } from "./exchange.ts";
import type { Outcomes } from "./outcomes.ts";
import type { FhirLimits, FhirParts } from "./parts.ts";
import { type Printer, withAbsoluteReferences } from "./printer.ts";
import type { WrittenIds } from "./written-ids.ts";

/** What lives as long as the server does. */
export interface FhirServer {
  readonly parts: FhirParts;
  readonly limits: FhirLimits;
  readonly sessions: SearchSessions;
  readonly exports: Exports;
  readonly documents: DocumentQuota;
  readonly printer: Printer;
  readonly writtenIds: WrittenIds;
  /** How far the hospital's zone is ahead of UTC at a moment. */
  readonly offsetMs: (at: number) => number;
}

/** One request, with who asks and what the site is like at this moment. */
export interface Visit {
  readonly server: FhirServer;
  readonly ask: Ask;
  readonly access: Access;
  readonly switches: SiteSwitches;
  readonly outcomes: Outcomes;
}

/** A resource of the chart as it is sent: with absolute references where the site has them. */
export function shown({ switches, ask }: Visit, { resource }: Filed): object {
  return switches.absoluteReferences ? withAbsoluteReferences(resource, ask.base) : resource;
}

/** A resource of the chart, printed in the format that is asked for. */
export function printed(visit: Visit, filed: Filed): string {
  return visit.server.printer.print(shown(visit, filed), visit.ask.format.syntax);
}

/** An answer of one resource of the chart. */
export function resourceAnswer(visit: Visit, filed: Filed, status = 200): Answer {
  return { status, body: { printed: printed(visit, filed) } };
}
