import {
  type CallOf,
  type Purpose,
  type ReplyOf,
  type Route,
  type Transport,
  callRoute,
  eventsPath,
  purposes,
} from "@trestle/api/contract";
import { addressOfHub } from "@trestle/hub/address";
import type { Dispatcher } from "undici";
import { z } from "zod";
import { type Surroundings, UsageError } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { onDemand } from "./on-demand.ts";
import { dataFolderOf, readToken } from "./operator-token.ts";

const address = z.url({
  protocol: /^https?$/u,
  error: "give an address, such as http://127.0.0.1:8080.",
});

/** Options of every command that talks to a running hub. */
export const hubOptions = {
  hub: address.optional().meta({
    value: "URL",
    description:
      "The hub's address; also TRESTLE_HUB. That of the hub which runs on the data folder if neither, else http://127.0.0.1:8080.",
  }),
  data: z.string().optional().meta({
    value: "DIR",
    description:
      "The hub's data folder, for its operator token and address; also TRESTLE_DATA. ./data if neither.",
  }),
  timeoutSeconds: z.coerce
    .number()
    .min(0.1)
    .max(3600)
    .default(30)
    .describe("How long to wait for the hub's answer."),
};

/** The option of commands that can show patient data. */
export const purpose = z
  .enum(purposes)
  .optional()
  .describe("Show patient data, and record why they are needed.");

interface HubOptions {
  readonly hub?: string | undefined;
  readonly data?: string | undefined;
  readonly timeoutSeconds: number;
  readonly purpose?: Purpose | undefined;
}

/** A running hub, asked through its API. */
export interface HubClient {
  call<R extends Route>(route: R, call?: CallOf<R>): Promise<ReplyOf<R>>;
  /** The lines of the event stream; `onOpen` is called when it has begun. Ends only by an error. */
  events(onOpen: () => void): AsyncIterable<string>;
}

/**
 * Connects commands to the hub: the one that is named, else the one on the data folder. Authorises with TRESTLE_TOKEN or the operator token that the hub
 * keeps in its data folder.
 *
 * @throws {TrestleError} `cli.noToken`; its calls throw other `cli` errors and `ApiFailure`.
 */
export function connectHub(options: HubOptions, surroundings: Surroundings): HubClient {
  const { environment } = surroundings;
  const folder = dataFolderOf(options.data, environment);
  const known = options.hub ?? hubFrom(environment) ?? addressOfHub(folder);
  const base = new URL(known ?? "http://127.0.0.1:8080");
  const hub = {
    base,
    headers: {
      authorization: `Bearer ${readToken(folder, environment)}`,
      "content-type": "application/json",
      ...(options.purpose === undefined ? {} : { "trestle-purpose": options.purpose }),
    },
    timeoutMs: options.timeoutSeconds * 1000,
    signal: surroundings.signal,
  };
  const transport: Transport = async ({ method, path, body }) => {
    const answer = await ask(hub, path, { method: method as "GET", body: body ?? null });
    const text = await answer.body.text();
    if (answer.statusCode < 400 && !isJson(text)) throw cliErrors.notAHub({ address: base.origin });
    return { status: answer.statusCode, body: text };
  };
  return {
    call: (route, call) => callRoute(transport, route, call),
    events: (onOpen) => streamLines(hub, onOpen),
  };
}

function hubFrom(environment: Surroundings["environment"]): string | undefined {
  const text = environment["TRESTLE_HUB"];
  if (text === undefined || text === "" || address.safeParse(text).success)
    return text || undefined;
  throw new UsageError(
    `TRESTLE_HUB is “${text}”; it must be an address, such as http://127.0.0.1:8080.`,
  );
}

interface Hub {
  readonly base: URL;
  readonly headers: Record<string, string>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** @throws {TrestleError} `cli.hubNotReached`, `cli.hubSilent`, `cli.wrongToken` */
async function ask(
  { base, headers, timeoutMs, signal }: Hub,
  path: string,
  options: { method?: "GET"; body?: string | null; bodyTimeout?: number } = {},
): Promise<Dispatcher.ResponseData> {
  const facts = { address: base.origin };
  const { errors, request } = await onDemand.undici();
  const answer = await request(new URL(path, base), {
    headers,
    signal,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    ...options,
  }).catch((error: unknown) => {
    throw error instanceof errors.HeadersTimeoutError
      ? cliErrors.hubSilent(facts, error)
      : cliErrors.hubNotReached(facts, error);
  });
  if (answer.statusCode !== 401) return answer;
  await answer.body.dump();
  throw cliErrors.wrongToken(facts);
}

async function* streamLines(hub: Hub, onOpen: () => void): AsyncIterable<string> {
  // Nothing may happen for hours, and that is no failure.
  const { body, statusCode } = await ask(hub, eventsPath, { bodyTimeout: 0 });
  const facts = { address: hub.base.origin };
  if (statusCode !== 200) {
    await body.dump();
    throw cliErrors.notAHub({ ...facts, status: statusCode });
  }
  onOpen();
  let rest = "";
  try {
    for await (const chunk of body.setEncoding("utf8") as AsyncIterable<string>) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    throw cliErrors.hubEnded(facts, error);
  }
  throw cliErrors.hubEnded(facts);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
