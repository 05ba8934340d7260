import { generateKeyPairSync, sign } from "node:crypto";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A hospital's server that lets every launch in, with one patient, and a hub beside it. */
export interface Surroundings {
  readonly fhirBase: string;
  readonly hubUrl: string;
  /** What the hub was asked to search for. */
  readonly searches: { readonly site?: string; readonly search: string }[];
  close(): Promise<void>;
}

/** @param heardOf The patients whom the hub finds, by whatever number. */
export async function startSurroundings(heardOf: readonly object[]): Promise<Surroundings> {
  const searches: Surroundings["searches"] = [];
  const hospital = await listen((url, body, base) => answerOfHospital({ url, body, base }));
  const hub = await listen((url, body) => {
    if (url !== "/api/v1/patients/search") return { items: [] };
    searches.push(JSON.parse(body) as Surroundings["searches"][number]);
    return { items: heardOf };
  });
  return {
    fhirBase: `${hospital.url}/fhir`,
    hubUrl: hub.url,
    searches,
    async close() {
      await Promise.all([hospital, hub].map((each) => each.close()));
    },
  };
}

function answerOfHospital(asked: { url: string; body: string; base: string }): object | undefined {
  const { url, body, base } = asked;
  const answers: Readonly<Record<string, () => object>> = {
    "/fhir/.well-known/smart-configuration": () => ({
      issuer: base,
      jwks_uri: `${base}/keys`,
      authorization_endpoint: `${base}/authorize`,
      token_endpoint: `${base}/token`,
      code_challenge_methods_supported: ["S256"],
    }),
    "/keys": () => ({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", use: "sig" }] }),
    "/token": () => tokensFor(base, new URLSearchParams(body).get("code") ?? ""),
    "/fhir/Patient/p1": () => ({
      resourceType: "Patient",
      id: "p1",
      name: [{ text: "Ada Beam" }],
      identifier: [{ value: "900001" }],
    }),
  };
  return answers[url]?.();
}

/** @param nonce Of the launch, which stands in for a code. */
function tokensFor(issuer: string, nonce: string): object {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: "sample", sub: "kim", iat: now, exp: now + 300, nonce };
  const signed = [{ alg: "RS256", kid: "1" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = sign("sha256", Buffer.from(signed), privateKey).toString("base64url");
  return {
    access_token: "abc",
    token_type: "Bearer",
    expires_in: 300,
    scope: "launch openid fhirUser user/Patient.read",
    patient: "p1",
    id_token: `${signed}.${signature}`,
  };
}

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

async function listen(
  answer: (url: string, body: string, base: string) => object | undefined,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const running = { url: "" };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const found = answer(request.url ?? "", Buffer.concat(chunks).toString(), running.url);
      response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(found ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: running.url, close: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
