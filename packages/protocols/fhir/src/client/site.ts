import type { Clock, Random } from "@trestle/base";
import type { Addresses } from "./addresses.ts";
import type { Aliases } from "./aliases.ts";
import type { AnswerCache } from "./answer-cache.ts";
import type { FhirClientSettings } from "./client-settings.ts";
import type { Dialect } from "./dialect.ts";
import type { Sender } from "./outgoing.ts";
import type { Turns } from "./turns.ts";

/** One site's server, with all that the client knows and keeps about it. */
export interface Site {
  readonly sender: Sender;
  readonly addresses: Addresses;
  readonly dialect: Dialect;
  readonly settings: FhirClientSettings;
  readonly aliases: Aliases;
  readonly cache: AnswerCache;
  readonly clock: Clock;
  readonly random: Random;
  readonly turns: Turns;
  /** What was learned about the server on the way. */
  readonly learned: {
    /** It answers XML unless the address says `_format=json`. */
    wantsFormat: boolean;
  };
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
