import type { Clock } from "@trestle/base";
import { FakeClock } from "@trestle/testkit";
import { onTestFinished } from "vitest";
import type { z } from "zod";
import { Faults } from "../../src/admin/faults.ts";
import type { ChartStore } from "../../src/fhir/chart-store.ts";
import { httpSettings } from "../../src/io/http-settings.ts";
import { type SiteServer, startSiteServer } from "../../src/io/site-server.ts";
import { SiteKeys } from "../../src/oauth/site-keys.ts";
import { sandboxProfile } from "../../src/site/profile.ts";
import { createSite } from "../../src/site/site.ts";
import { charts } from "./charts.ts";

/** A site that listens, with a clock that tests move. */
export interface TestSite extends SiteServer {
  readonly clock: FakeClock;
  readonly store: ChartStore;
}

/** Made once, since making them takes longer than most tests. */
const keys = SiteKeys.create();

/** Starts a site for one test. */
export async function startSite(
  given: z.input<typeof sandboxProfile> = {},
  http: z.input<typeof httpSettings> = {},
): Promise<TestSite> {
  const profile = sandboxProfile.parse(given);
  const clock = new FakeClock(1_790_000_000_000);
  const { store } = charts({ patients: 20, switches: profile.switches });
  const server = await startSiteServer({
    settings: httpSettings.parse({ port: 0, ...http }),
    profile,
    site: createSite(profile.switches),
    store,
    clock: clock satisfies Clock,
    faults: new Faults(profile.faults),
    keys: await keys,
    timeZone: "America/Chicago",
    dropFeed: async () => false,
  });
  onTestFinished(() => server.close());
  return { ...server, clock, store };
}

/** Follows no redirect, so that a test sees where one leads. */
export function get(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, { redirect: "manual", headers });
}

/** Sends a form. */
export function post(
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers,
    body: new URLSearchParams(form),
  });
}

/** What a refused request for a token is answered with. */
export async function refusalOf(response: Response): Promise<string> {
  return `${response.status} ${await response.text()}`;
}

/** A refusal as sites send it. */
export function refused(code: string): string {
  return `400 {"error":"${code}","error_description":null}`;
}
