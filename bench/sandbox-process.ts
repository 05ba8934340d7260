import { spawn } from "node:child_process";
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./measure.ts";

/** A simulated hospital in a process of its own, started by the command that users type. */
export interface SandboxProcess {
  readonly pid: number;
  readonly origin: string;
  /** Of its FHIR interface, without the origin. */
  readonly fhirPath: string;
  readonly startMs: number;
  /** Lets a backend system with all rights in, as such systems do. */
  signIn(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts it and waits until it answers a request. */
export async function startSandboxProcess(patients: number): Promise<SandboxProcess> {
  const port = await freePort();
  const adminToken = randomUUID();
  const words = ["sandbox", "--no-hl7", "--patients", String(patients), "--http-port", `${port}`];
  const before = performance.now();
  const child = spawn(command, words, {
    env: {
      ...process.env,
      PATH: `${dirname(command)}:${process.env["PATH"] ?? ""}`,
      TRESTLE_SANDBOX_ADMIN_TOKEN: adminToken,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const isThere = await answers(`${origin}${fhirPath}/metadata`, () => child.exitCode === null);
  if (!isThere) throw new Error(`the sandbox ended with ${child.exitCode}: ${errors}`);
  return {
    pid: child.pid ?? 0,
    origin,
    fhirPath,
    startMs: performance.now() - before,
    signIn: () => signIn(origin, adminToken),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function answers(url: string, isAlive: () => boolean): Promise<boolean> {
  while (isAlive()) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) {
      await response.arrayBuffer();
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

async function signIn(origin: string, adminToken: string): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const admin = (method: string, path: string, body: object) =>
    ask(`${origin}/sandbox/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  await admin("PATCH", "switches", { keyMode: "static" });
  await admin("POST", "clients", {
    name: "Load",
    clientId: "load",
    audience: "backend",
    apis: ["*"],
    keys: [publicKey.export({ type: "spki", format: "pem" })],
  });
  const token = `${origin}${root}/oauth2/token`;
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: "load", sub: "load", aud: token, jti: randomUUID(), exp: now + 240 };
  const unsigned = [{ alg: "RS384", typ: "JWT" }, claims].map(encoded).join(".");
  const signature = sign("sha384", Buffer.from(unsigned), privateKey).toString("base64url");
  const granted = await ask(token, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: `${unsigned}.${signature}`,
    }),
  });
  return ((await granted.json()) as { access_token: string }).access_token;
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

const root = "/interconnect";
const fhirPath = `${root}/api/FHIR/R4`;
const command = fileURLToPath(new URL("../node_modules/.bin/trestle", import.meta.url));
