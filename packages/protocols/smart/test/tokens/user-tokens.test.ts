import { Secret, reveal, useSecret } from "@trestle/base";
import { FakeClock } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { userTokens } from "../../src/index.ts";
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

describe("a user's access after the launch", () => {
  let kept: string[];

  beforeEach(() => {
    kept = [];
    server.site.givesRefreshToken = true;
    server.site.extra = { patient: "p1" };
  });

  test("is renewed by the refresh token, and keeps the context of the launch", async () => {
    const cache = await afterLaunch();
    server.site.extra = {};
    clock.advance(3_600_000);
    const { context, accessToken } = await cache.current();
    expect(useSecret(accessToken)).toBe("access-2");
    expect(context.patient && reveal(context.patient)).toBe("p1");
    expect(kept).toEqual([]);
  });

  test("follows refresh tokens that change each time, and keeps each before its use", async () => {
    server.site.rotatesRefreshToken = true;
    const cache = await afterLaunch();
    for (let at = 2; at < 6; at += 1) {
      clock.advance(3_600_000);
      expect(useSecret((await cache.current()).accessToken)).toBe(`access-${at}`);
      expect(kept.at(-1)).toBe(`refresh-${at}`);
    }
  });

  test("goes on from a kept refresh token after a restart", async () => {
    await launching.launch();
    const cache = userTokensFrom({ type: "refreshToken", refreshToken: new Secret("refresh-1") });
    expect(useSecret((await cache.current()).accessToken)).toBe("access-2");
  });

  test("gives nothing out that came with a refresh token that could not be kept", async () => {
    server.site.rotatesRefreshToken = true;
    let isFull = true;
    const cache = await afterLaunch(async (refreshToken) => {
      if (isFull) throw new Error("disk full");
      kept.push(useSecret(refreshToken));
    });
    clock.advance(3_600_000);
    await expect(cache.current()).rejects.toMatchObject({ code: "smart.refreshNotKept" });
    isFull = false;
    clock.advance(1000);
    await cache.current();
    expect(kept).toEqual(["refresh-3"]);
  });

  test("ends when the refresh token ends", async () => {
    const cache = await afterLaunch();
    server.revokeAll();
    clock.advance(3_600_000);
    await expect(cache.current()).rejects.toMatchObject({
      code: "smart.refreshRefused",
      failure: "permanent",
    });
  });

  test("ends with the access token where there is no refresh token", async () => {
    server.site.givesRefreshToken = false;
    const cache = await afterLaunch();
    clock.advance(3_600_000);
    await expect(cache.current()).rejects.toMatchObject({ code: "smart.noRefreshToken" });
  });

  test("a refresh without an answer is not repeated blindly", async () => {
    const cache = await afterLaunch();
    clock.advance(3_600_000);
    server.http.misbehave("/token", "break");
    await expect(cache.current()).rejects.toMatchObject({ code: "smart.fateUnknown" });
  });

  async function afterLaunch(keep?: (refreshToken: Secret<string>) => Promise<void>) {
    const { tokens } = await launching.launch();
    return userTokensFrom({ type: "tokens", tokens }, keep);
  }

  function userTokensFrom(
    start: Parameters<typeof userTokens>[0]["start"],
    keepRefreshToken = async (refreshToken: Secret<string>): Promise<void> => {
      kept.push(useSecret(refreshToken));
    },
  ) {
    const { http, discovery } = launching;
    const client = { clientId: "app-1", authentication: { type: "public" } } as const;
    const { fhirBaseUrl } = server;
    return userTokens({ http, clock, discovery, fhirBaseUrl, client, start, keepRefreshToken });
  }
});
