import { type Secret, useSecret } from "@trestle/base";

/**
 * The link that a person opens to sign in. The token stands behind the `#`, so that it is in no
 * server's log and no referrer. Print it once; it is a credential.
 *
 * @param publicUrl Without a slash at its end.
 */
export function signInUrl(publicUrl: string, token: Secret<string>): string {
  return `${publicUrl}/sign-in#${useSecret(token)}`;
}
