import { isAssertionOf } from "../assertion.ts";
import { required } from "../form.ts";
import { Refusal } from "../refusal.ts";
import type { Session } from "../session.ts";
import { grantedScope } from "../granted-scope.ts";
import type { OauthParts, TokenAnswer, TokenRequest } from "../token-request.ts";

/**
 * Lets a registered copy of a patients' application in again, by an assertion with its own key.
 *
 * @throws {Refusal} `invalid_client` for a wrong assertion; `invalid_grant` when what the patient
 * allowed is over.
 */
export async function letCopyIn(request: TokenRequest, parts: OauthParts): Promise<TokenAnswer> {
  const assertion = required(request.form, "assertion");
  const client = parts.clients.find(required(request.form, "client_id"));
  const registration = client?.registration;
  if (client === undefined || registration === undefined) throw new Refusal("invalid_client");
  if (!(await isAssertionOf(client, assertion, parts))) throw new Refusal("invalid_client");
  const { until, patientId, user } = registration;
  if (until !== undefined && until <= parts.clock.now()) throw new Refusal("invalid_grant");
  const session: Session = { clientId: client.clientId, user, patientId, asked: [], until };
  const scope = grantedScope({ client, ...session }, parts);
  const { token, seconds } = await parts.tokens.access(session);
  return {
    access_token: token,
    token_type: "Bearer",
    expires_in: seconds,
    patient: patientId,
    scope,
  };
}
