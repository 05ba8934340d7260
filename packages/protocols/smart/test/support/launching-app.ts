import { type Clock, newToken } from "@trestle/base";
import {
  Discovery,
  type Redirect,
  type Session,
  SmartApp,
  type SmartAppOptions,
  type SmartHttp,
  memoryLaunchStore,
  openSmartHttp,
} from "../../src/index.ts";
import type { OAuthServer } from "./oauth-server.ts";

export const redirectUrl = "https://app.example/callback";

/** An app with its browser, registered at a server. */
export interface LaunchingApp {
  readonly app: SmartApp;
  readonly http: SmartHttp;
  readonly discovery: Discovery;
  /** Goes where the app sends it, and comes back with this address. */
  visit(redirect: Redirect): Promise<string>;
  /** A whole launch from the hospital's software. */
  launch(): Promise<Session>;
}

export function openLaunchingApp(
  server: OAuthServer,
  clock: Clock,
  options: Partial<SmartAppOptions> = {},
): LaunchingApp {
  const http = openSmartHttp();
  const discovery = new Discovery({ http, clock });
  const app = new SmartApp({
    http,
    clock,
    newToken,
    discovery,
    launches: memoryLaunchStore(clock),
    client: { clientId: "app-1", authentication: { type: "public" } },
    redirectUrl,
    scopes: "openid fhirUser user/Patient.rs",
    servers: [server.fhirBaseUrl],
    ...options,
  });
  server.clients.set("app-1", { redirectUrls: [redirectUrl], proof: { type: "none" } });
  return {
    app,
    http,
    discovery,
    visit,
    async launch() {
      const asked = new URLSearchParams({ iss: server.fhirBaseUrl, launch: "ey.launch" });
      const redirect = await app.launchFromRecord(`/launch?${asked.toString()}`, browser);
      return app.finish(await visit(redirect), browser);
    },
  };
}

export const browser = { browser: "cookie-1" };

async function visit(redirect: Redirect): Promise<string> {
  const response =
    redirect.method === "GET"
      ? await fetch(redirect.url, { redirect: "manual" })
      : await fetch(redirect.url, {
          method: "POST",
          body: new URLSearchParams(redirect.fields),
          redirect: "manual",
        });
  return response.headers.get("location") ?? `no redirect but ${response.status}`;
}
