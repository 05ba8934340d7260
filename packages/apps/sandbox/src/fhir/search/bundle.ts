import type { OperationOutcome } from "@trestle/epic";
import { printXml } from "@trestle/fhir/xml";
import { innerXml } from "../http/printer.ts";
import { type Visit, printed } from "../http/visit.ts";
import type { Filed } from "../store.ts";

/** One page of a search. */
export interface Bundle {
  readonly total: number;
  readonly links: readonly { readonly relation: string; readonly url: string }[];
  readonly matches: readonly Filed[];
  /** What matches refer to. */
  readonly included: readonly Filed[];
  /** What is to be said about the search. It does not count as a match. */
  readonly outcome?: { readonly fullUrl: string; readonly resource: OperationOutcome };
}

/**
 * Prints a page in the format that is asked for.
 *
 * It joins texts: a resource that was sent before is not printed again, which is most of the work of
 * a page.
 */
export function printBundle(visit: Visit, bundle: Bundle): string {
  return visit.ask.format.syntax === "xml" ? bundleXml(visit, bundle) : bundleJson(visit, bundle);
}

function bundleJson(visit: Visit, { total, links, matches, included, outcome }: Bundle): string {
  const entries = [
    ...matches.map((filed) => entryJson(visit, filed, "match")),
    ...included.map((filed) => entryJson(visit, filed, "include")),
    ...(outcome === undefined ? [] : [JSON.stringify(outcomeEntry(outcome))]),
  ];
  const entry = entries.length === 0 ? "" : `,"entry":[${entries.join(",")}]`;
  return `{"resourceType":"Bundle","type":"searchset","total":${total},"link":${JSON.stringify(links)}${entry}}`;
}

function entryJson(visit: Visit, filed: Filed, mode: Mode): string {
  const url = JSON.stringify(urlOf(visit, filed));
  return `{"link":[{"relation":"self","url":${url}}],"fullUrl":${url},"resource":${printed(visit, filed)},"search":{"mode":"${mode}"}}`;
}

/** The page without entries is printed as every resource is; entries are set in at its end. */
function bundleXml(visit: Visit, { total, links, matches, included, outcome }: Bundle): string {
  const said = outcome === undefined ? {} : { entry: [outcomeEntry(outcome)] };
  const page = printXml({
    resourceType: "Bundle",
    type: "searchset",
    total,
    link: links,
    ...said,
  });
  const entries = [
    ...matches.map((filed) => entryXml(visit, filed, "match")),
    ...included.map((filed) => entryXml(visit, filed, "include")),
  ].join("");
  const end = outcome === undefined ? page.lastIndexOf("</Bundle>") : page.indexOf("<entry>");
  return `${page.slice(0, end)}${entries}${page.slice(end)}`;
}

function entryXml(visit: Visit, filed: Filed, mode: Mode): string {
  const url = urlOf(visit, filed);
  const resource = innerXml(printed(visit, filed));
  return `<entry><link><relation value="self"/><url value="${url}"/></link><fullUrl value="${url}"/><resource>${resource}</resource><search><mode value="${mode}"/></search></entry>`;
}

type Mode = "match" | "include";

function outcomeEntry({ fullUrl, resource }: NonNullable<Bundle["outcome"]>): object {
  return { fullUrl, resource, search: { mode: "outcome" } };
}

/** Ids are letters, digits, dots and hyphens: nothing of an address has to be escaped. */
function urlOf({ ask }: Visit, { resource }: Filed): string {
  return `${ask.base}/${resource.resourceType}/${resource.id}`;
}
