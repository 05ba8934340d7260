/** Why a request for a token gets none. Sites say no more than this word. */
export type OauthCode =
  | "invalid_client"
  | "invalid_grant"
  | "invalid_request"
  | "unauthorized_client";

/** Ends the answering of a request; the answer is `{"error":…,"error_description":null}` with 400. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: OauthCode;

  constructor(code: OauthCode) {
    super(code);
    this.code = code;
  }
}

/** What a refused request is answered with, byte for byte as sites do. */
export function refusalBody(code: OauthCode): string {
  return `{"error":"${code}","error_description":null}`;
}
