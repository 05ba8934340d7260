import type { Secret } from "@trestle/base";

/** Where the client gets its token. */
export interface Authorization {
  /** The value of the Authorization header, such as `Bearer …`. Asked before every request. */
  header(): Promise<Secret<string>>;
  /**
   * The server refused this header: the next one must be new. The client asks once more.
   *
   * Requests that were under way together are refused one after the other, so that the header may be
   * an older one than was given last.
   */
  refused?(header: Secret<string>): void;
}
