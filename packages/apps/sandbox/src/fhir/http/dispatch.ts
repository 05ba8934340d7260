import { kickOff } from "../bulk/kick-off.ts";
import { exportStep } from "../bulk/status.ts";
import { type OfferedType, offeredType } from "../capability/resource-types.ts";
import { search, searchByPost } from "../search/search.ts";
import { create } from "../write/create.ts";
import { matchPatient } from "../write/match.ts";
import { update } from "../write/update.ts";
import { Access, invalidToken } from "./access.ts";
import { type Answer, type Ask, Refused } from "./exchange.ts";
import { Outcomes } from "./outcomes.ts";
import { methodPage, notFoundPage } from "./pages.ts";
import { read } from "./read.ts";
import { summary } from "./summary.ts";
import type { FhirServer, Visit } from "./visit.ts";

/** Answers what is asked of `{path}/api/FHIR/R4`. */
export async function answerFhir(server: FhirServer, ask: Ask): Promise<Answer> {
  const [type = ""] = ask.steps;
  if (type === "metadata" && ask.steps.length === 1) return metadata(server, ask);
  const offered = offeredType(type);
  if (offered === undefined) return unknownType(server);
  return visiting(server, ask, (visit) => answerType(visit, offered));
}

/** Answers what is asked of `{path}/api/FHIR/BulkRequest`. */
export async function answerBulk(server: FhirServer, ask: Ask): Promise<Answer> {
  return visiting(server, ask, exportStep);
}

async function visiting(
  server: FhirServer,
  ask: Ask,
  answer: (visit: Visit) => Answer,
): Promise<Answer> {
  const { store } = server.parts;
  const switches = server.parts.switches();
  const grant = await server.parts.authority.grantFor(ask.headers.authorization, {
    clientId: headerOf(ask, "epic-client-id"),
    userId: headerOf(ask, "epic-user-id"),
    userIdType: headerOf(ask, "epic-user-idtype"),
  });
  if (grant === undefined) return invalidToken;
  const access = new Access(grant, { store, switches });
  try {
    return answer({ server, ask, access, switches, outcomes: new Outcomes(switches) });
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

function answerType(visit: Visit, offered: OfferedType): Answer {
  const [, second, third, ...more] = visit.ask.steps;
  if (more.length > 0) return unknownType(visit.server);
  if (second === undefined) return answerWhole(visit, offered);
  if (third !== undefined) return answerOperation(visit, second, third);
  if (second === "_search") return answerSearch(visit, offered);
  return second.startsWith("$")
    ? answerTypeOperation(visit, second)
    : answerOne(visit, offered, second);
}

/** `Type`. */
function answerWhole(visit: Visit, offered: OfferedType): Answer {
  const { method } = visit.ask;
  const { type, interactions } = offered;
  if (method === "GET" && interactions.includes("search-type")) return search(visit, offered);
  if (method === "POST" && interactions.includes("create")) return create(visit, type);
  return methodPage();
}

/** `Type/id`. */
function answerOne(visit: Visit, { type, interactions }: OfferedType, id: string): Answer {
  const { method } = visit.ask;
  if (method === "GET" && interactions.includes("read")) return read(visit, type, id);
  if (method === "PUT" && interactions.includes("update")) return update(visit, type, id);
  return methodPage();
}

/** `Type/_search`, which older releases do not have. */
function answerSearch(visit: Visit, offered: OfferedType): Answer {
  const isThere = visit.switches.postSearch && offered.interactions.includes("search-type");
  if (!isThere || visit.ask.method !== "POST") return unknownType(visit.server);
  return searchByPost(visit, offered);
}

/** `Patient/$match`. */
function answerTypeOperation(visit: Visit, operation: string): Answer {
  const { method, steps } = visit.ask;
  const isMatch = steps[0] === "Patient" && operation === "$match" && method === "POST";
  return isMatch ? matchPatient(visit) : unknownType(visit.server);
}

/** `Group/id/$export` and `Patient/id/$summary`. */
function answerOperation(visit: Visit, id: string, operation: string): Answer {
  const [type] = visit.ask.steps;
  if (visit.ask.method === "GET") {
    if (type === "Group" && operation === "$export") return kickOff(visit, id);
    if (type === "Patient" && operation === "$summary") return summary(visit, id);
  }
  return unknownType(visit.server);
}

function metadata({ parts }: FhirServer, ask: Ask): Answer {
  if (ask.method !== "GET") return methodPage();
  const clientId = headerOf(ask, "epic-client-id");
  const about = { base: ask.base, root: ask.root, ...(clientId === undefined ? {} : { clientId }) };
  return { status: 200, body: { resource: parts.capability(about) } };
}

function headerOf({ headers }: Ask, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

function unknownType({ parts }: FhirServer): Answer {
  const switches = parts.switches();
  if (switches.unknownType === "iis-html") return notFoundPage();
  return { ...new Outcomes(switches).answer("59105"), status: 404 };
}
