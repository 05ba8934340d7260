import { type Secret, useSecret } from "@trestle/base";
import { request } from "undici";

/** What the hub's unified record has of a patient. */
export interface HubRecord {
  /** What it heard, newest first. */
  readonly items: readonly HubItem[];
  /** Address of the patient's page in the hub's console. */
  readonly page: string;
}

export interface HubItem {
  readonly resource: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly heardAt: string;
  readonly messageId: string;
}

/** How the hub is asked. */
export interface HubAccess {
  readonly hubUrl: string;
  readonly hubToken: Secret<string>;
}

/**
 * Looks a patient up by identifiers, the first that the record knows of one patient alone: a search
 * finds what begins alike, too, and one number may be several people's in different systems.
 *
 * @throws {Error} when the hub does not answer as it should.
 */
export async function findRecord(
  hub: HubAccess,
  { site, identifiers }: { readonly site: string; readonly identifiers: readonly string[] },
): Promise<HubRecord | undefined> {
  for (const search of identifiers) {
    const found = await call(hub, "/api/v1/patients/search", { site, search });
    const named = listIn(found, "items").filter((each) => hasNumber(each, search));
    const [{ id } = {}] = named;
    if (named.length !== 1 || typeof id !== "string") continue;
    const record = await call(hub, `/api/v1/patients/${encodeURIComponent(id)}`);
    const items = listIn(record, "items") as unknown as readonly HubItem[];
    return { items, page: `${hub.hubUrl}/patients/${encodeURIComponent(id)}` };
  }
  return undefined;
}

function hasNumber(patient: Readonly<Record<string, unknown>>, number: string): boolean {
  return listIn(patient, "identifiers").some(({ value }) => value === number);
}

async function call(
  { hubUrl, hubToken }: HubAccess,
  path: string,
  body?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await request(`${hubUrl}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${useSecret(hubToken)}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`the hub answered ${answer.statusCode}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

function listIn(
  value: Readonly<Record<string, unknown>>,
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  const list = value[name];
  return Array.isArray(list) ? (list as readonly Readonly<Record<string, unknown>>[]) : [];
}

const timeoutMs = 10_000;
