import { newToken } from "@trestle/base";
import { parseApiName } from "@trestle/epic";
import type { Clinician, PortalUser } from "../access/users.ts";
import { everybodysPassword } from "../access/users.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";
import type { Expiring } from "./expiring.ts";
import { apisOf, remembered } from "./granted-scope.ts";
import { choicePage, clinicianPage, consentPage, patientPage, refusedPage } from "./pages.ts";
import type { Session, SessionUser } from "./session.ts";
import type { OauthParts } from "./token-request.ts";

/** What a step of signing in leads to: the next page, or back to the client. */
export type Step =
  | { readonly page: string; readonly status: 200 | 400 | 401 }
  | { readonly redirect: string };

/**
 * A request for which somebody has to sign in, and how far that came. Each page has one of its own:
 * who goes back goes on from there, and allows what the page in front of them says.
 */
export interface Waiting {
  readonly request: AuthorizeRequest;
  readonly patient?: PortalUser;
  readonly record?: PortalUser | undefined;
}

export interface SignInParts extends OauthParts {
  readonly waiting: Expiring<Waiting>;
}

/** Answers a request that is in order: by a code after a launch, else by a page to sign in. */
export async function begin(request: AuthorizeRequest, parts: SignInParts): Promise<Step> {
  if (request.launch === undefined) {
    return askWho({ request }, { id: keep({ request }, parts) }, parts);
  }
  const { login, practitionerId, patientId } = request.launch;
  return letIn(request, { user: { kind: "clinician", login, practitionerId }, patientId }, parts);
}

/** Takes the next form of a user who is signing in. */
export async function goOn(fields: ReadonlyMap<string, string>, parts: SignInParts): Promise<Step> {
  const id = fields.get("waiting") ?? "";
  const waiting = parts.waiting.get(id);
  if (waiting === undefined) return { page: refusedPage(), status: 400 };
  if (waiting.record !== undefined) return decide(id, { fields, waiting }, parts);
  if (waiting.patient !== undefined) return choose({ fields, waiting }, parts);
  return signIn(id, { fields, waiting }, parts);
}

interface Given {
  readonly fields: ReadonlyMap<string, string>;
  readonly waiting: Waiting;
}

async function signIn(id: string, { fields, waiting }: Given, parts: SignInParts): Promise<Step> {
  const login = fields.get("login") ?? "";
  const { users } = parts;
  const isPatients = waiting.request.client.audience === "patients";
  const user = isPatients ? users.patient(login) : users.clinician(login);
  if (user === undefined || fields.get("password") !== everybodysPassword) {
    return askWho(waiting, { id, problem: "User name and password do not go together." }, parts);
  }
  return user.kind === "patient"
    ? askWhose({ ...waiting, patient: user }, parts)
    : letClinicianIn(id, { waiting, user }, parts);
}

/** A clinician who signed in has no patient in context: the client offers its own search. */
async function letClinicianIn(
  id: string,
  { waiting, user }: { readonly waiting: Waiting; readonly user: Clinician },
  parts: SignInParts,
): Promise<Step> {
  parts.waiting.take(id);
  const { login, practitionerId } = user;
  return letIn(waiting.request, { user: { kind: "clinician", login, practitionerId } }, parts);
}

function choose({ fields, waiting }: Given, parts: SignInParts): Step {
  const { patient } = waiting;
  const choices = patient === undefined ? [] : [patient, ...parts.users.wardsOf(patient)];
  const record = choices.find(({ patientId }) => patientId === fields.get("patient"));
  if (record === undefined) return askWhose(waiting, parts);
  return askConsent({ ...waiting, record }, parts);
}

async function decide(id: string, { fields, waiting }: Given, parts: SignInParts): Promise<Step> {
  const { request, patient, record } = waiting;
  if (patient === undefined || record === undefined) return { page: refusedPage(), status: 400 };
  const duration = durationsOf(parts).find(({ value }) => value === fields.get("duration"));
  const answer = fields.get("answer");
  const isAllowed = answer === "allow" && duration !== undefined;
  if (!isAllowed && answer !== "deny") return askConsent(waiting, parts);
  parts.waiting.take(id);
  if (!isAllowed) return { redirect: backTo(request, { error: "access_denied" }) };
  const user = patientUser(patient, record, parts);
  const until = duration.ms === undefined ? undefined : parts.clock.now() + duration.ms;
  return letIn(request, { user, patientId: record.patientId, until }, parts);
}

function patientUser(own: PortalUser, record: PortalUser, { users }: SignInParts): SessionUser {
  const { login, patientId: ownPatientId } = own;
  if (record.patientId === ownPatientId) return { kind: "patient", login, ownPatientId };
  return { kind: "patient", login, ownPatientId, proxyId: users.proxyOf(record.patientId) };
}

/** Gives the client its code. */
async function letIn(
  request: AuthorizeRequest,
  allowed: Pick<Session, "user" | "patientId" | "until">,
  parts: SignInParts,
): Promise<Step> {
  const { client, redirectUri, asked, codeChallenge, launch } = request;
  const session = { ...allowed, clientId: client.clientId, asked: remembered(asked.scopes) };
  const code = await parts.tokens.code({ session, redirectUri, codeChallenge, asked, launch });
  return { redirect: backTo(request, { code }) };
}

function backTo(
  { redirectUri, asked }: AuthorizeRequest,
  answer: Readonly<Record<string, string>>,
): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (asked.state !== undefined) url.searchParams.set("state", asked.state);
  return url.href;
}

function askWho(
  { request }: Waiting,
  { id, problem }: { readonly id: string; readonly problem?: string },
  parts: SignInParts,
): Step {
  const target = { action: actionOf(parts), waiting: id, problem };
  const { client } = request;
  const shown =
    client.audience === "patients"
      ? patientPage(client, parts.users.somePatients(shownLogins), target)
      : clinicianPage(client, parts.users.clinicians.slice(0, shownLogins), target);
  return { page: shown, status: problem === undefined ? 200 : 401 };
}

function askWhose(waiting: Waiting, parts: SignInParts): Step {
  const { patient, request } = waiting;
  const wards = patient === undefined ? [] : parts.users.wardsOf(patient);
  if (patient === undefined || wards.length === 0) {
    return askConsent({ ...waiting, record: patient }, parts);
  }
  const target = { action: actionOf(parts), waiting: keep(waiting, parts) };
  return { page: choicePage(request.client, [patient, ...wards], target), status: 200 };
}

function askConsent(waiting: Waiting, parts: SignInParts): Step {
  const { request, patient, record } = waiting;
  if (patient === undefined || record === undefined) return { page: refusedPage(), status: 400 };
  const { client } = request;
  const apis = apisOf(client, patientUser(patient, record, parts), parts.users);
  const types = [...new Set([...apis].flatMap((name) => parseApiName(name)?.type ?? []))];
  const target = { action: actionOf(parts), waiting: keep(waiting, parts) };
  const durations = durationsOf(parts);
  return { page: consentPage({ client, patient: record, types, durations }, target), status: 200 };
}

function keep(waiting: Waiting, { waiting: all, clock }: SignInParts): string {
  const id = newToken();
  all.put(id, waiting, clock.now() + signInMs);
  return id;
}

function actionOf({ site }: SignInParts): string {
  return `${site.addresses.oauthBase}/signin`;
}

function durationsOf({ site }: SignInParts): readonly Duration[] {
  return site.switches.indefiniteAccess ? [...durations, forEver] : durations;
}

interface Duration {
  readonly value: string;
  readonly label: string;
  /** Without an end where left out. */
  readonly ms?: number;
}

const hourMs = 3_600_000;
const durations: readonly Duration[] = [
  { value: "hour", label: "1 hour", ms: hourMs },
  { value: "day", label: "1 day", ms: 24 * hourMs },
  { value: "week", label: "1 week", ms: 7 * 24 * hourMs },
  { value: "month", label: "1 month", ms: 30 * 24 * hourMs },
  { value: "quarter", label: "3 months", ms: 91 * 24 * hourMs },
];
const forEver: Duration = { value: "indefinite", label: "Indefinitely" };

/** How long a user may take for it. */
const signInMs = 10 * 60_000;
const shownLogins = 24;
