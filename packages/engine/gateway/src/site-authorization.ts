import { Secret, useSecret } from "@trestle/base";
import type { Authorization } from "@trestle/fhir/client";
import type { TokenCache } from "@trestle/smart";

/** Lets the FHIR client sign in with the token of now, and renews one that a server refused. */
export function authorizationBy(tokens: TokenCache): Authorization {
  let last: Secret<string> | undefined;
  return {
    async header() {
      const { accessToken } = await tokens.current();
      last = accessToken;
      return new Secret(`Bearer ${useSecret(accessToken)}`);
    },
    refused() {
      if (last !== undefined) tokens.refused(last);
    },
  };
}
