import type { Routes } from "../contract/index.ts";
import type { Dependencies } from "../dependencies.ts";
import { apiErrors } from "../errors.ts";
import { needPurpose, recordAnswer } from "../fhir-disclosure.ts";
import { answerToFailure } from "../fhir-failure.ts";
import type { Handler } from "../handler.ts";
import { parametersOf } from "../search-parameters.ts";

export const querySiteFhir: Handler<Routes["querySiteFhir"]> = async (
  { caller, params: { site }, body },
  dependencies,
) => {
  needPurpose(caller, dependencies);
  const question = { reader: caller.person.id, ...questionIn(body.query) };
  const { clock } = dependencies;
  const startedAt = clock.now();
  const { status, text, notices } = await ask(site, question, dependencies)
    .then((answer) => recordAnswer(answer, { caller, action: "querySiteFhir" }, dependencies))
    .catch((error: unknown) => answerToFailure(error, dependencies));
  const durationMs = clock.now() - startedAt;
  return { status, durationMs, notices: [...notices], resource: JSON.parse(text) as never };
};

interface Question {
  readonly reader: string;
  readonly type: string;
  readonly id: string | undefined;
  readonly search: string;
}

/** @throws {TrestleError} `api.badRequest` */
function questionIn(query: string): Omit<Question, "reader"> {
  const { type, id, search = "" } = shape.exec(query)?.groups ?? {};
  if (type === undefined) throw apiErrors.badRequest({ at: "body.query" });
  return { type, id: id === undefined ? undefined : decoded(id), search };
}

function ask(
  site: string,
  { reader, type, id, search }: Question,
  { gateway }: Pick<Dependencies, "gateway">,
) {
  if (id !== undefined) return gateway.read(site, { type, id });
  return gateway.search(site, { reader, type, parameters: parametersOf(queryOf(search)) });
}

function queryOf(search: string): Readonly<Record<string, readonly string[]>> {
  const named = Map.groupBy([...new URLSearchParams(search)], ([name]) => name);
  return Object.fromEntries(
    [...named].map(([name, all]) => [name, all.map(([, value]) => value)] as const),
  );
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

const shape = /^\/?(?<type>[A-Z][A-Za-z]{1,63})(?:\/(?<id>[^/?]{1,300}))?(?:\?(?<search>.*))?$/u;
