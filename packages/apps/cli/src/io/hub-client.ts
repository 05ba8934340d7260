import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineErrors } from "@trestle/base";
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
import { request } from "undici";
import { z } from "zod";
import type { Surroundings } from "../command.ts";

/** Options of every command that talks to a running hub. */
export const hubOptions = {
  hub: z
    .url()
    .optional()
    .describe("The hub's address; also TRESTLE_HUB. http://127.0.0.1:8080 if neither."),
  data: z
    .string()
    .optional()
    .describe(
      "The hub's data folder, for its operator token; also TRESTLE_DATA. ./data if neither.",
    ),
  purpose: z
    .enum(purposes)
    .optional()
    .describe(`Show patient data and record why: ${purposes.join(", ")}.`),
};

export interface HubOptions {
  readonly hub?: string | undefined;
  readonly data?: string | undefined;
  readonly purpose?: Purpose | undefined;
}

/** A running hub, asked through its API. */
export interface HubClient {
  call<R extends Route>(route: R, call?: CallOf<R>): Promise<ReplyOf<R>>;
  /** The lines of the event stream, until the signal. */
  events(signal: AbortSignal): AsyncIterable<string>;
}

const cliErrors = defineErrors("cli", {
  hubNotReached: {
    failure: "transient",
    hint: "Start it with `trestle start`, or name its address with --hub.",
  },
  noToken: {
    failure: "permanent",
    hint: "Name the hub's data folder with --data, or set TRESTLE_TOKEN.",
  },
});

/**
 * Connects commands to the hub. Authorises with TRESTLE_TOKEN or the operator token that the hub
 * keeps in its data folder.
 *
 * @throws {TrestleError} `cli.noToken`; its calls throw `cli.hubNotReached` and `ApiFailure`.
 */
export function connectHub(options: HubOptions, { environment }: Surroundings): HubClient {
  const base = new URL(options.hub ?? environment["TRESTLE_HUB"] ?? "http://127.0.0.1:8080");
  const headers = {
    authorization: `Bearer ${readToken(options, environment)}`,
    "content-type": "application/json",
    ...(options.purpose === undefined ? {} : { "trestle-purpose": options.purpose }),
  };
  const transport: Transport = async ({ method, path, body }) => {
    const answer = await request(new URL(path, base), {
      method: method as "GET",
      headers,
      body: body ?? null,
    }).catch((error: unknown) => {
      throw cliErrors.hubNotReached({ address: base.origin }, error);
    });
    return { status: answer.statusCode, body: await answer.body.text() };
  };
  return {
    call: (route, call) => callRoute(transport, route, call),
    events: (signal) => streamLines(new URL(eventsPath, base), headers, signal),
  };
}

function readToken(options: HubOptions, environment: Surroundings["environment"]): string {
  const given = environment["TRESTLE_TOKEN"];
  if (given !== undefined) return given;
  const folder = options.data ?? environment["TRESTLE_DATA"] ?? "data";
  try {
    return readFileSync(join(folder, "operator.token"), "utf8").trim();
  } catch (error) {
    throw cliErrors.noToken({}, error);
  }
}

async function* streamLines(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): AsyncIterable<string> {
  const { body, statusCode } = await request(url, { headers, signal, bodyTimeout: 0 }).catch(
    (error: unknown) => {
      throw cliErrors.hubNotReached({ address: url.origin }, error);
    },
  );
  if (statusCode !== 200)
    throw cliErrors.hubNotReached({ address: url.origin, status: statusCode });
  let rest = "";
  for await (const chunk of body.setEncoding("utf8") as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
