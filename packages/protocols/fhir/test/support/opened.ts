import { Secret } from "@trestle/base";
import { onTestFinished } from "vitest";
import {
  type FhirClient,
  type LoggedRequest,
  type OpenFhirClient,
  openFhirClient,
} from "../../src/client/index.ts";
import { HastyClock } from "./hasty-clock.ts";
import { type Script, type ScriptedServer, scriptedServer } from "./scripted-server.ts";

/** A client and the server that it talks to, for one test. */
export interface Opened {
  readonly client: FhirClient;
  readonly server: ScriptedServer;
  readonly clock: HastyClock;
  readonly log: readonly LoggedRequest[];
}

export type Wishes = Partial<Omit<OpenFhirClient, "settings">> & {
  readonly settings?: Partial<OpenFhirClient["settings"]>;
};

/** Opens both; they are closed when the test ends. */
export async function opened(
  script: Script,
  { settings, ...wishes }: Wishes = {},
): Promise<Opened> {
  const server = await scriptedServer(script);
  const clock = new HastyClock();
  const log: LoggedRequest[] = [];
  const client = openFhirClient({
    clock,
    random: { next: () => 0.5 },
    log: (request) => log.push(request),
    ...wishes,
    settings: { baseUrl: server.baseUrl, ...settings },
  });
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return { client, server, clock, log };
}

/** An authorization whose token is a new one after each refusal. */
export function renewing(): { header(): Promise<Secret<string>>; refused(): void; asked: number } {
  let tokens = 1;
  return {
    asked: 0,
    header() {
      this.asked += 1;
      return Promise.resolve(new Secret(`Bearer token-${tokens}`));
    },
    refused() {
      tokens += 1;
    },
  };
}

/** What a promise was rejected with. */
export function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error,
  );
}
