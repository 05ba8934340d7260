import { Secret, useSecret } from "@trestle/base";
import type { Authorization } from "@trestle/fhir/client";
import type { TokenCache } from "@trestle/smart";

/** Lets the FHIR client sign in with the token of now, and renews one that a server refused. */
export function authorizationBy(tokens: TokenCache): Authorization {
  return {
    async header() {
      const { accessToken } = await tokens.current();
      return new Secret(SCHEME + useSecret(accessToken));
    },
    refused(header) {
      tokens.refused(new Secret(useSecret(header).slice(SCHEME.length)));
    },
  };
}

const SCHEME = "Bearer ";
