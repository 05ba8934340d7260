import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { pageHeaders } from "../site/html.ts";
import { iisPage } from "../site/iis-page.ts";
import { statusOf } from "../site/status-of.ts";
import { pathsOf } from "../site/addresses.ts";
import { isSince } from "../site/release.ts";
import { type JudgedRequest, judgeAuthorize } from "./authorize-request.ts";
import { openidConfiguration, smartConfiguration } from "./discovery.ts";
import { fieldsOf, readForm } from "./form.ts";
import { launchRefusedPage, refusedPage } from "./pages.ts";
import { Refusal, refusalBody } from "./refusal.ts";
import { registerCopy } from "./registration.ts";
import { type SignInParts, type Step, begin, goOn } from "./sign-in.ts";
import { answerToken } from "./token-request.ts";

/** Serves discovery, sign-in, tokens and the registration of copies. */
export function registerOauth(app: FastifyInstance, parts: SignInParts): void {
  serveDiscovery(app, parts);
  serveApart(app, { serve: serveSignIn, refuse: (reply) => sendStep(reply, refusedStep) }, parts);
  const invalid = new Refusal("invalid_request");
  serveApart(app, { serve: serveTokens, refuse: (reply) => sendRefusal(reply, invalid) }, parts);
}

/** Serves something that says in its own way that it cannot read what came. */
function serveApart(
  app: FastifyInstance,
  part: {
    readonly serve: (scope: FastifyInstance, parts: SignInParts) => void;
    readonly refuse: (reply: FastifyReply) => FastifyReply;
  },
  parts: SignInParts,
): void {
  void app.register((scope, _, done) => {
    scope.setErrorHandler((error, _request, reply) => {
      if (!UNREADABLE.has(statusOf(error))) throw error;
      return part.refuse(reply);
    });
    part.serve(scope, parts);
    done();
  });
}

function serveDiscovery(app: FastifyInstance, { site, keys }: SignInParts): void {
  const paths = pathsOf(site.switches);
  const openid = (_: FastifyRequest, reply: FastifyReply) =>
    sendJson(reply, openidConfiguration(site.addresses, site.switches.release));
  app.get(`${paths.fhir}/.well-known/smart-configuration`, (_, reply) => {
    const { release } = site.switches;
    if (isSince(release, "August 2021")) {
      return sendJson(reply, smartConfiguration(site.addresses, release));
    }
    return reply.code(404).type(HTML).send(iisPage(404));
  });
  app.get(`${paths.fhir}/.well-known/openid-configuration`, openid);
  app.get(`${paths.oauth}/.well-known/openid-configuration`, openid);
  app.get(paths.idTokenKeys, (_, reply) => sendJson(reply, keys.published));
  app.get(paths.style, (_, reply) => sendJson(reply, style));
}

function serveSignIn(app: FastifyInstance, parts: SignInParts): void {
  const { oauth } = pathsOf(parts.site.switches);
  app.get(`${oauth}/authorize`, async (request, reply) =>
    sendStep(reply, await authorize(request.query, "GET", parts)),
  );
  app.post(`${oauth}/authorize`, async (request, reply) =>
    sendStep(reply, await authorize(isForm(request) ? request.body : undefined, "POST", parts)),
  );
  app.post(`${oauth}/signin`, async (request, reply) => {
    const fields = fieldsOf(isForm(request) ? request.body : undefined);
    return sendStep(reply, await goOn(fields ?? new Map(), parts));
  });
}

async function authorize(
  given: unknown,
  method: "GET" | "POST",
  parts: SignInParts,
): Promise<Step> {
  const fields = fieldsOf(given);
  if (fields === undefined || sizeOf(fields) > parts.site.switches.maxQueryBytes)
    return refusedStep;
  // By form only since November 2020, and only for a launch from the hospital's program.
  const isLate = !isSince(parts.site.switches.release, "November 2020");
  if (method === "POST" && (isLate || !fields.has("launch"))) return refusedStep;
  const judged = judgeAuthorize(fields, parts);
  return judged.ok ? begin(judged.value, parts) : refusalStep(judged);
}

/** A form may say no more than an address can: it waits in memory for the user. */
function sizeOf(fields: ReadonlyMap<string, string>): number {
  let size = 0;
  for (const [name, value] of fields) size += Buffer.byteLength(name) + Buffer.byteLength(value);
  return size;
}

function refusalStep({ problem }: Extract<JudgedRequest, { ok: false }>): Step {
  return problem === "refused" ? refusedStep : { page: launchRefusedPage(), status: 400 };
}

function serveTokens(app: FastifyInstance, parts: SignInParts): void {
  const { oauth } = pathsOf(parts.site.switches);
  app.post(`${oauth}/token`, async (request, reply) => {
    try {
      const form = readForm(isForm(request) ? request.body : undefined);
      const { authorization } = request.headers;
      return sendJson(reply, await answerToken({ form, authorization }, parts));
    } catch (error) {
      return sendRefusal(reply, error);
    }
  });
  app.post(`${oauth}/register`, (request, reply) => {
    const accessToken = /^bearer +(\S+)$/iu.exec(request.headers.authorization ?? "")?.[1] ?? "";
    try {
      const registered = registerCopy({ accessToken, body: request.body }, parts);
      if (registered === undefined) return sendInvalidToken(reply);
      return sendJson(reply.code(201), registered);
    } catch (error) {
      return sendRefusal(reply, error);
    }
  });
}

function isForm(request: FastifyRequest): boolean {
  const type = request.headers["content-type"] ?? "";
  return type.toLowerCase().startsWith("application/x-www-form-urlencoded");
}

function sendStep(reply: FastifyReply, step: Step): FastifyReply {
  if ("redirect" in step)
    return reply.header("cache-control", "no-store").redirect(step.redirect, 302);
  return reply.code(step.status).headers(pageHeaders).send(step.page);
}

function sendRefusal(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof Refusal)) throw error;
  return reply.code(400).headers(JSON_HEADERS).send(refusalBody(error.code));
}

/** The answer to a token that is not valid: its body is two quotation marks. */
function sendInvalidToken(reply: FastifyReply): FastifyReply {
  return reply
    .code(401)
    .header(
      "www-authenticate",
      'Bearer error="invalid_token", error_description="The access token provided is not valid"',
    )
    .type("application/json; charset=utf-8")
    .send('""');
}

function sendJson(reply: FastifyReply, body: object): FastifyReply {
  return reply.headers(JSON_HEADERS).send(JSON.stringify(body));
}

const refusedStep: Step = { page: refusedPage(), status: 400 };

/** Bodies that are not what their type says, and types that nobody reads. */
const UNREADABLE = new Set([400, 415]);
const HTML = "text/html";
const JSON_HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  pragma: "no-cache",
} as const;

/** How applications may look inside of the hospital's program. */
const style = {
  color_background: "#ffffff",
  color_error: "#b00020",
  color_highlight: "#3a6ea5",
  color_modal_backdrop: "#00000080",
  color_success: "#2e7d32",
  color_text: "#1a1a1a",
  dim_border_radius: "4px",
  dim_font_size: "14px",
  dim_spacing_size: "16px",
  font_family_body: "system-ui, sans-serif",
  font_family_heading: "system-ui, sans-serif",
};
