import { type Clock, newToken } from "@trestle/base";
import { KeyRing, type SmartKeySettings, memoryKeyStore } from "../../src/index.ts";
import { type TestHttpServer, startHttpServer } from "./http-server.ts";

/** An app that signs with its keys and publishes them on a server of its own. */
export interface SigningApp {
  readonly ring: KeyRing;
  readonly keySetUrl: string;
  readonly http: TestHttpServer;
  readonly signer: { keys: KeyRing; clock: Clock; newToken: () => string };
}

export async function startSigningApp(
  clock: Clock,
  settings: Partial<SmartKeySettings> = {},
): Promise<SigningApp> {
  const ring = new KeyRing({
    store: memoryKeyStore(),
    clock,
    settings: { algorithm: "ES384", ...settings },
  });
  await ring.tend();
  const http = await startHttpServer(clock, () => ring.answerKeySet());
  return {
    ring,
    keySetUrl: `${http.origin}/jwks.json`,
    http,
    signer: { keys: ring, clock, newToken },
  };
}
