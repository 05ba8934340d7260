import { FakeClock } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { printScopes } from "../../src/index.ts";
import { type LaunchingApp, openLaunchingApp } from "../support/launching-app.ts";
import { type OAuthServer, startOAuthServer } from "../support/oauth-server.ts";

let clock: FakeClock;
let server: OAuthServer;
let launching: LaunchingApp;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startOAuthServer(clock);
  launching = openLaunchingApp(server, clock);
});

afterEach(async () => {
  await launching.http.close();
  await server.close();
});

describe("what was asked for and not granted", () => {
  const scopes = "openid offline_access user/Patient.rs user/Observation.rs";

  test.each([
    { scope: scopes, missing: "", isCertain: true },
    { scope: "user/Patient.read", missing: "user/Observation.rs", isCertain: true },
    {
      scope: "user/Patient.Read user/Observation.r",
      missing: "user/Observation.s",
      isCertain: true,
    },
    { scope: "user/*.cruds", missing: "", isCertain: true },
    {
      scope: "Patient.read Patient.search Observation.read",
      missing: "user/Observation.rs user/Patient.rs",
      isCertain: false,
    },
  ])("of $scope: $missing, for certain: $isCertain", async ({ scope, missing, isCertain }) => {
    server.site.scope = scope;
    server.site.givesRefreshToken = true;
    const other = openLaunchingApp(server, clock, { scopes });
    const { unmet } = await other.launch();
    expect({ ...unmet, missing: printScopes(unmet.missing) }).toEqual({ missing, isCertain });
    await other.http.close();
  });

  test("offline access is missing where no refresh token came", async () => {
    server.site.scope = "user/Patient.rs user/Observation.rs";
    const other = openLaunchingApp(server, clock, { scopes });
    expect(printScopes((await other.launch()).unmet.missing)).toBe("offline_access");
    await other.http.close();
  });

  test("nothing is missing where the server does not say", async () => {
    server.site.extra = { scope: undefined };
    expect((await launching.launch()).unmet).toEqual({ missing: [], isCertain: true });
  });
});
