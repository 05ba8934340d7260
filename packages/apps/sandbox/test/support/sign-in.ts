import { createHash } from "node:crypto";
import { everybodysPassword } from "../../src/access/users.ts";
import { clinician, patient } from "./people.ts";
import { type TestSite, get, post } from "./site.ts";

/** Addresses and secrets of the clients that come with every site. */
export const clinicianApp = "7a1d3c5e-0000-4000-8000-0000000c1141";
export const clinicianSecret = "sample-clinician-secret";
export const publicClinicianApp = "7a1d3c5e-0000-4000-8000-0000000c1151";
export const patientDeviceApp = "7a1d3c5e-0000-4000-8000-0000000a7141";
export const patientServerApp = "7a1d3c5e-0000-4000-8000-0000000a7151";
export const patientServerSecret = "sample-patient-secret";
export const backendApp = "7a1d3c5e-0000-4000-8000-0000000bac01";
export const redirectUri = "http://127.0.0.1:8080/callback";

/** A verifier and its challenge. */
export const verifier = "0123456789-0123456789-0123456789-0123456789";
export const challenge = createHash("sha256").update(verifier).digest("base64url");

/** A request to authorize that is in order; `undefined` leaves a parameter out. */
export function authorizeUrl(
  site: TestSite,
  changes: Readonly<Record<string, string | undefined>> = {},
): string {
  const wanted = {
    response_type: "code",
    client_id: clinicianApp,
    redirect_uri: redirectUri,
    scope: "openid fhirUser",
    aud: site.site.addresses.fhirBase,
    state: "st-1",
    ...changes,
  };
  const url = new URL(site.site.addresses.authorize);
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}

/** Sends the form of a page as a browser would, with these fields filled in. */
export async function submit(
  shown: Response,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const text = await shown.text();
  const action = /<form method="post" action="(?<url>[^"]+)"/u.exec(text)?.groups?.["url"] ?? "";
  const waiting = /name="waiting" value="(?<id>[^"]+)"/u.exec(text)?.groups?.["id"] ?? "";
  return post(action, { waiting, ...fields });
}

/** Where a finished sign-in leads. */
export function redirectOf(response: Response): URL {
  return new URL(response.headers.get("location") ?? "about:blank");
}

/** Signs a clinician in; gives the code. */
export async function clinicianCode(
  site: TestSite,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const page = await get(authorizeUrl(site, changes));
  const done = await submit(page, {
    login: clinician.login.toLowerCase(),
    password: everybodysPassword,
  });
  return redirectOf(done).searchParams.get("code") ?? "";
}

/** Signs a patient in, who allows access for so long; gives the code. */
export async function patientCode(
  site: TestSite,
  changes: Readonly<Record<string, string | undefined>> & { readonly duration?: string } = {},
): Promise<string> {
  const { duration = "day", ...rest } = changes;
  const page = await get(authorizeUrl(site, { client_id: patientDeviceApp, ...rest }));
  const consent = await submit(page, {
    login: patient.login.toLowerCase(),
    password: everybodysPassword,
  });
  const done = await submit(consent, { answer: "allow", duration });
  return redirectOf(done).searchParams.get("code") ?? "";
}

/** Exchanges a code. */
export function exchange(
  site: TestSite,
  code: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, ...fields };
  return post(site.site.addresses.token, form);
}

/** The header by which a client with a secret shows who it is. */
export function basic(clientId: string, secret: string): Readonly<Record<string, string>> {
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}
