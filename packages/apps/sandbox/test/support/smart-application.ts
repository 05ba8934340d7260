import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, Secret, newToken, reveal, useSecret } from "@trestle/base";
import type { Patient } from "@trestle/fhir";
import { openFhirClient } from "@trestle/fhir/client";
import {
  Discovery,
  type Redirect,
  type Session,
  SmartApp,
  memoryLaunchStore,
  openSmartHttp,
} from "@trestle/smart";
import { onTestFinished } from "vitest";

/** What the application must know of the site, once that listens. */
export interface AtSite {
  readonly fhirBaseUrl: string;
  readonly clock: Clock;
  readonly clientId: string;
}

/**
 * An application as its makers would write it with `@trestle/smart`, on a real socket: `/launch` is
 * opened by the hospital's program, `/clinician` and `/patient` by the user. In the end its page
 * names, as FHIR has them, the user or the patient that the token came with.
 */
export async function startSmartApplication(): Promise<{
  readonly url: string;
  readonly sessions: readonly Session[];
  connect(at: AtSite): void;
}> {
  const http = openSmartHttp();
  const sessions: Session[] = [];
  const open: { app?: SmartApp; at?: AtSite } = {};
  const server = createServer((request, response) => {
    const { app, at } = open;
    if (app === undefined || at === undefined) response.writeHead(503).end();
    else void orFailure({ request, response, app, at, sessions });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await http.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    sessions,
    connect(at) {
      const { clock, clientId, fhirBaseUrl } = at;
      open.at = at;
      open.app = new SmartApp({
        http,
        clock,
        newToken,
        discovery: new Discovery({ http, clock }),
        launches: memoryLaunchStore(clock),
        client: { clientId, authentication: { type: "public" } },
        redirectUrl: `${url}/callback`,
        scopes: "openid fhirUser user/Patient.read user/Practitioner.read",
        servers: [fhirBaseUrl],
      });
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly app: SmartApp;
  readonly at: AtSite;
  readonly sessions: Session[];
}

/** Shows what failed, so that a test sees it on the page. */
async function orFailure(exchange: Exchange): Promise<void> {
  try {
    await answer(exchange);
  } catch (error) {
    exchange.response.writeHead(500).end(String(error));
  }
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, app, at, sessions } = exchange;
  const { fhirBaseUrl } = at;
  const url = request.url ?? "/";
  const known = /(?:^|; )app=(?<token>[\w-]+)/u.exec(request.headers.cookie ?? "")?.groups?.[
    "token"
  ];
  const browser = known ?? newToken();
  response.setHeader("set-cookie", `app=${browser}; Path=/; HttpOnly; SameSite=Lax`);
  const path = new URL(url, "http://app.invalid").pathname;
  if (path === "/launch") return send(response, await app.launchFromRecord(url, { browser }));
  if (path === "/clinician" || path === "/patient") {
    const user = path === "/patient" ? "patient" : "clinician";
    return send(response, await app.launchAlone(user, { fhirBaseUrl, browser }));
  }
  if (path !== "/callback") return void response.writeHead(404).end();
  const session = await app.finish(url, { browser: known });
  sessions.push(session);
  return show(response, await whoIsIn(session));
}

/** By an address, or by a form that submits itself where the address would be too long. */
function send(response: ServerResponse, redirect: Redirect): void {
  if (redirect.method === "GET")
    return void response.writeHead(302, { location: redirect.url }).end();
  const inputs = Object.entries(redirect.fields).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const form = `<form method="post" action="${escaped(redirect.url)}">${inputs.join("")}</form>`;
  show(response, `${form}<script>document.forms[0].submit();</script>`);
}

function show(response: ServerResponse, body: string): void {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html><title>Application</title>${body}`);
}

async function whoIsIn({ fhirBaseUrl, tokens, identity }: Session): Promise<string> {
  const { context, accessToken } = tokens;
  const header = new Secret(`Bearer ${useSecret(accessToken)}`);
  const client = openFhirClient({
    settings: { baseUrl: fhirBaseUrl },
    authorization: { header: () => Promise.resolve(header) },
  });
  try {
    if (context.patient !== undefined) {
      const { name } = await client.read("Patient", reveal(context.patient));
      return `<h1>Patient ${escaped(textOf(name))}</h1>`;
    }
    const id = (identity?.fhirUser && reveal(identity.fhirUser).split("/").at(-1)) ?? "";
    const { name } = await client.read("Practitioner", id);
    return `<h1>Clinician ${escaped(textOf(name))}</h1>`;
  } finally {
    await client.close();
  }
}

function textOf(name: Patient["name"]): string {
  return name?.[0]?.text ?? "nobody";
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
