import type { Clock, Secret } from "@trestle/base";
import { z } from "zod";
import { smartErrors } from "../errors.ts";

/** A launch whose user is at the authorization server. */
export interface PendingLaunch {
  readonly state: string;
  /** @see RFC 7636 */
  readonly codeVerifier: Secret<string>;
  /** Undefined where no id_token was asked for. */
  readonly nonce: string | undefined;
  /** As the launch named it. */
  readonly fhirBaseUrl: string;
  /** The endpoint that belongs to the server that the user was sent to. */
  readonly tokenUrl: string;
  readonly issuer: string | undefined;
  readonly scopes: string;
  /** A digest of what identifies the browser; undefined where nothing does. */
  readonly browserDigest: string | undefined;
  readonly beganAtMs: number;
}

/**
 * Keeps launches until their users come back. An app of several servers gives its own, which all of
 * them share.
 */
export interface LaunchStore {
  /** @throws {TrestleError} `smart.tooManyLaunches` */
  put(pending: PendingLaunch): Promise<void>;
  /** Gives a launch once: whoever asks again gets undefined, as for one that is too old. */
  take(state: string): Promise<PendingLaunch | undefined>;
}

/** How many launches may be under way, and for how long. */
export const smartLaunches = z
  .strictObject({
    maxPending: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(10_000)
      .describe("Launches begun and not finished; further ones are refused."),
    maxAgeSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .default(900)
      .describe("How long a user may take at the authorization server."),
  })
  .meta({ title: "SMART client: launches", examples: [{ maxAgeSeconds: 900 }] });

export type SmartLaunchSettings = z.infer<typeof smartLaunches>;

/** Launches that last as long as the process. */
export function memoryLaunchStore(
  clock: Clock,
  settings: Partial<SmartLaunchSettings> = {},
): LaunchStore {
  const { maxPending, maxAgeSeconds } = smartLaunches.parse(settings);
  // In the order in which they began, so that the old ones are in front.
  const pending = new Map<string, PendingLaunch>();
  // Of the future, by more than a launch lasts, is what began before the clock was set back.
  const isOld = ({ beganAtMs }: PendingLaunch): boolean =>
    Math.abs(clock.now() - beganAtMs) > maxAgeSeconds * 1000;
  const dropOld = (): void => {
    for (const [state, launch] of pending) {
      if (!isOld(launch)) break;
      pending.delete(state);
    }
  };
  return {
    async put(launch) {
      dropOld();
      if (pending.size >= maxPending) throw smartErrors.tooManyLaunches({ maxPending });
      pending.set(launch.state, launch);
    },
    async take(state) {
      dropOld();
      const launch = pending.get(state);
      pending.delete(state);
      return launch === undefined || isOld(launch) ? undefined : launch;
    },
  };
}
