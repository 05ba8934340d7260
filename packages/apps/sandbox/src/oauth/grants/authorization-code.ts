import { hash } from "node:crypto";
import type { Patient } from "@trestle/fhir";
import { isConfidential } from "../../access/client.ts";
import type { Client } from "../../access/clients.ts";
import { proveClient } from "../client-proof.ts";
import { required } from "../form.ts";
import { grantedScope, wantsToStay } from "../granted-scope.ts";
import { idToken } from "../id-token.ts";
import { Refusal } from "../refusal.ts";
import type { CodeGrant } from "../session.ts";
import type { OauthParts, TokenAnswer, TokenRequest } from "../token-request.ts";

/**
 * Exchanges a code for tokens and for the context of the launch.
 *
 * @throws {Refusal} `invalid_grant` for a code that is used, at its end, of another client, sent to
 * another address, or without the verifier of its challenge.
 */
export async function exchangeCode(request: TokenRequest, parts: OauthParts): Promise<TokenAnswer> {
  const client = await proveClient(request, parts);
  const code = required(request.form, "code");
  const redirectUri = required(request.form, "redirect_uri");
  const grant = parts.tokens.takeCode(code);
  if (grant?.session.clientId !== client.clientId) throw new Refusal("invalid_grant");
  if (grant.redirectUri !== redirectUri || !isVerified(grant, request.form.get("code_verifier"))) {
    throw new Refusal("invalid_grant");
  }
  return answerOf(grant, client, parts);
}

/** @see RFC 7636, section 4.6 */
function isVerified({ codeChallenge }: CodeGrant, verifier: string | undefined): boolean {
  if (codeChallenge === undefined) return verifier === undefined;
  return verifier !== undefined && hash("sha256", verifier, "base64url") === codeChallenge;
}

async function answerOf(grant: CodeGrant, client: Client, parts: OauthParts): Promise<TokenAnswer> {
  const { session, asked, launch } = grant;
  const { token, seconds } = await parts.tokens.access(session);
  const { state } = asked;
  return withoutMissing({
    access_token: token,
    token_type: "Bearer",
    expires_in: seconds,
    scope: grantedScope({ client, ...session }, parts),
    state,
    ...contextOf(grant),
    smart_style_url: parts.site.addresses.style,
    id_token: asked.scopes.includes("openid") ? await idToken(grant, parts) : undefined,
    "__epic.dstu2.patient": olderPatientId(session.patientId, parts),
    ...launch?.extra,
    refresh_token: await refreshTokenOf(grant, client, parts),
  });
}

/** A launch tells all that is in context; a patient who signed in, the record that was chosen. */
function contextOf({ session, launch }: CodeGrant): Readonly<Record<string, string | undefined>> {
  if (session.patientId === undefined && launch === undefined) return {};
  return {
    patient: session.patientId,
    encounter: launch?.encounterId,
    location: launch?.locationId,
    appointment: launch?.appointmentId,
    loginDepartment: launch?.departmentId,
    need_patient_banner: launch === undefined || launch.isInOwnTab ? "true" : "false",
  };
}

/** The id that the same patient has in the interface of DSTU2. */
function olderPatientId(patientId: string | undefined, { store }: OauthParts): string | undefined {
  if (patientId === undefined) return undefined;
  const patient = store.read("Patient", patientId)?.resource as Patient | undefined;
  return patient?.identifier?.find(({ system }) => system === OLDER_ID)?.value;
}

async function refreshTokenOf(
  { session, asked }: CodeGrant,
  client: Client,
  { tokens }: OauthParts,
): Promise<string | undefined> {
  if (!isConfidential(client) || !client.isPersistent || !wantsToStay(asked.scopes))
    return undefined;
  return tokens.refresh(session);
}

function withoutMissing(
  members: Readonly<Record<string, string | number | undefined>>,
): TokenAnswer {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as TokenAnswer;
}

const OLDER_ID = "http://open.epic.com/FHIR/StructureDefinition/patient-dstu2-fhir-id";
