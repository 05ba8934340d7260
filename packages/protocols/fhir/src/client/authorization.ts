import type { Secret } from "@trestle/base";

/** Where the client gets its token. */
export interface Authorization {
  /** The value of the Authorization header, such as `Bearer …`. Asked before every request. */
  header(): Promise<Secret<string>>;
  /** The server refused that header: the next one must be new. The client asks once more. */
  refused?(): void;
}
