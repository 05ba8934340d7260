import { type Secret, useSecret } from "@trestle/base";
import { type AssertionSigner, signAssertion } from "./client-assertion.ts";

/** An app at one authorization server. */
export interface SmartClient {
  readonly clientId: string;
  readonly authentication: ClientAuthentication;
}

/** How an app shows that it is the one that was registered. */
export type ClientAuthentication =
  /** It cannot keep a secret: only its id is sent. */
  | { readonly type: "public" }
  | {
      readonly type: "secret";
      readonly secret: Secret<string>;
      /** In the Authorization header, or among the parameters. */
      readonly sentBy: "header" | "body";
    }
  /** It signs an assertion with its own key. */
  | { readonly type: "key"; readonly signer: AssertionSigner };

/** What a token request carries to show who asks. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** @see RFC 6749, section 2.3.1; RFC 7523, section 2.2 */
export async function proofOf(client: SmartClient, tokenUrl: string): Promise<Proof> {
  const { clientId, authentication } = client;
  if (authentication.type === "key") {
    return keyProof(authentication.signer, { clientId, tokenUrl });
  }
  if (authentication.type === "secret") return secretProof(clientId, authentication);
  return { headers: {}, parameters: { client_id: clientId } };
}

async function keyProof(
  signer: AssertionSigner,
  about: { readonly clientId: string; readonly tokenUrl: string },
): Promise<Proof> {
  return {
    headers: {},
    parameters: {
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await signAssertion(signer, about),
    },
  };
}

function secretProof(
  clientId: string,
  { secret, sentBy }: { readonly secret: Secret<string>; readonly sentBy: "header" | "body" },
): Proof {
  if (sentBy === "body") {
    return {
      headers: {},
      parameters: { client_id: clientId, client_secret: useSecret(secret) },
    };
  }
  const pair = `${formEncoded(clientId)}:${formEncoded(useSecret(secret))}`;
  const basic = Buffer.from(pair, "utf8").toString("base64");
  return { headers: { authorization: `Basic ${basic}` }, parameters: {} };
}

function formEncoded(text: string): string {
  return new URLSearchParams({ a: text }).toString().slice(2);
}
