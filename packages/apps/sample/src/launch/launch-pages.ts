import { Secret, TrestleError, newToken, reveal, systemClock, useSecret } from "@trestle/base";
import type { Patient } from "@trestle/fhir";
import { openFhirClient } from "@trestle/fhir/client";
import {
  Discovery,
  type Session,
  SmartApp,
  memoryLaunchStore,
  openSmartHttp,
} from "@trestle/smart";
import { escaped, pageOf } from "./html.ts";
import { findRecord } from "./hub-record.ts";
import type { LaunchOptions } from "./launch-options.ts";
import { recordPage } from "./record-page.ts";
import { siteOf } from "./site-of.ts";

/** An answer to a browser. */
export interface PageAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The pages of a launch: `/launch` sends the browser to sign in, `/callback` shows the record. */
export interface LaunchPages {
  /** @param browser The value of the application's cookie; undefined where the browser has none yet. */
  answer(url: string, browser: string | undefined): Promise<PageAnswer | undefined>;
  close(): Promise<void>;
}

/** @param redirectUrl Where the hospital sends the browser back to, as it is registered there. */
export function launchPages(options: LaunchOptions, redirectUrl: string): LaunchPages {
  const http = openSmartHttp();
  const clock = systemClock;
  const app = new SmartApp({
    http,
    clock,
    newToken,
    discovery: new Discovery({ http, clock }),
    launches: memoryLaunchStore(clock),
    client: { clientId: options.clientId, authentication: { type: "public" } },
    redirectUrl,
    scopes: "openid fhirUser user/Patient.read",
    servers: Object.keys(options.servers),
  });
  return {
    async answer(url, browser) {
      const { pathname } = new URL(url, redirectUrl);
      if (pathname === "/launch") return orFailure(() => begin(app, url, browser));
      if (pathname !== "/callback") return undefined;
      return orFailure(async () => show(await app.finish(url, { browser }), options));
    },
    close: () => http.close(),
  };
}

async function begin(app: SmartApp, url: string, known: string | undefined): Promise<PageAnswer> {
  const browser = known ?? newToken();
  const redirect = await app.launchFromRecord(url, { browser });
  const cookie = `${cookieName}=${browser}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600`;
  if (redirect.method === "GET") {
    return { status: 302, headers: { location: redirect.url, "set-cookie": cookie }, body: "" };
  }
  return { status: 200, headers: { "set-cookie": cookie }, body: formPage(redirect) };
}

/** A form that submits itself, for a request that is too long for an address. */
function formPage({ url, fields }: { url: string; fields: Readonly<Record<string, string>> }) {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const form = `<form method="post" action="${escaped(url)}">${inputs.join("")}<button>Go on</button></form>`;
  return pageOf("Signing in …", `${form}<script>document.forms[0].submit();</script>`);
}

async function show(session: Session, options: LaunchOptions): Promise<PageAnswer> {
  const { context } = session.tokens;
  const site = siteOf(options.servers, session.fhirBaseUrl);
  if (site === undefined) {
    return { status: 403, body: pageOf("No site", "<p>No site belongs to this hospital.</p>") };
  }
  if (context.patient === undefined) {
    return { status: 400, body: pageOf("No patient", "<p>Open the application in a chart.</p>") };
  }
  const patient = await readPatient(session, reveal(context.patient));
  const identifiers = (patient.identifier ?? []).flatMap(({ value }) => value?.trim() ?? []);
  const record = await findRecord(options, { site, identifiers });
  return { status: 200, body: recordPage({ patient, record }) };
}

async function readPatient({ fhirBaseUrl, tokens }: Session, id: string): Promise<Patient> {
  const client = openFhirClient({
    settings: { baseUrl: fhirBaseUrl },
    authorization: {
      header: () => Promise.resolve(new Secret(`Bearer ${useSecret(tokens.accessToken)}`)),
    },
  });
  try {
    return await client.read("Patient", id);
  } finally {
    await client.close();
  }
}

/** What went wrong and what to do, in the words of the error; what else fails is a defect. */
async function orFailure(work: () => Promise<PageAnswer>): Promise<PageAnswer> {
  try {
    return await work();
  } catch (error) {
    const { code, hint } =
      error instanceof TrestleError
        ? error
        : {
            code: "sample.failed",
            hint: "The hub did not answer. See whether it runs, and its token.",
          };
    const body = `<p>${escaped(hint)}</p><p><code>${escaped(code)}</code></p>`;
    return { status: 502, body: pageOf("The launch did not work", body) };
  }
}

/** The cookie by which the browser that comes back is known to be the one that left. */
export const cookieName = "sample_launch";
