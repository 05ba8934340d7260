import type { FhirResource } from "@trestle/fhir";
import type { Gateway, Parameter } from "@trestle/gateway";
import { type Routes, siteQuery } from "../contract/index.ts";
import { needPurpose, recordAnswer } from "../fhir-disclosure.ts";
import { answerToFailure } from "../fhir-failure.ts";
import type { Handler } from "../handler.ts";
import { readableJson } from "../readable-json.ts";

export const querySiteFhir: Handler<Routes["querySiteFhir"]> = async (
  { caller, params: { site }, body },
  dependencies,
) => {
  needPurpose(caller, dependencies);
  const { clock, gateway } = dependencies;
  const startedAt = clock.now();
  const { status, text, notices, problem } = await ask(
    { gateway, reader: caller.person.id },
    { site, query: body.query },
  )
    .then((answer) => recordAnswer(answer, { caller, action: "querySiteFhir" }, dependencies))
    .catch((error: unknown) => answerToFailure(error, dependencies));
  const durationMs = clock.now() - startedAt;
  const meaningOf = (code: string | undefined) => {
    const meaning = code === undefined ? undefined : gateway.meaningOf(site, code);
    return meaning === undefined ? {} : { meaning };
  };
  return {
    status,
    durationMs,
    notices: notices.map(({ missing, ...notice }) => ({
      ...notice,
      ...(missing && { missing: [...missing] }),
      ...meaningOf(notice.code),
    })),
    ...(problem && { problem: { ...problem, ...meaningOf(problem.siteCode) } }),
    ...pageOf(JSON.parse(text) as FhirResource),
    text: readableJson(text),
  };
};

function ask(
  { gateway, reader }: { readonly gateway: Gateway; readonly reader: string },
  { site, query }: { readonly site: string; readonly query: string },
) {
  const { type = "", id, search = "" } = siteQuery.exec(query)?.groups ?? {};
  if (id !== undefined) return gateway.read(site, { type, id: decoded(id) });
  const parameters = [...new URLSearchParams(search)] satisfies Parameter[];
  return gateway.search(site, { reader, type, parameters });
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** How much of a search this page is, and how the one behind it is asked for. */
function pageOf(resource: FhirResource) {
  if (resource.resourceType !== "Bundle") return {};
  const { entry = [], link = [] } = resource;
  const matches = entry.filter(({ search }) => search?.mode === "match").length;
  const next = link
    .find(({ relation }) => relation === "next")
    ?.url.split("/")
    .at(-1);
  return { page: { matches, ...(next !== undefined && { next }) } };
}
