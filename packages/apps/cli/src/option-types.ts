import { z } from "zod";

// What options of several commands are made of. `value` is the word for the value in `--help`.

/** 0 picks a free one. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** The operand of commands that read messages. */
export const messageFile = z.string({ error: "name a file; - reads standard input." });

/** The folder of a command that reads messages, and needs no site of it. */
export const limitsFolder = z.string().optional().meta({
  value: "DIR",
  description:
    "The integration folder whose limits of messages hold; left out, the one FILE lies in.",
});

export const seed = z.coerce
  .number()
  .int()
  .min(0)
  .max(4_294_967_295)
  .default(1)
  .describe("The same seed gives the same traffic.");

export const patients = z.coerce
  .number()
  .int()
  .min(1)
  .max(100_000)
  .default(200)
  .describe("How many patients are invented.");

export const rate = z.coerce
  .number()
  .min(0.01)
  .max(10_000)
  .default(3)
  .describe("About how many messages a second.");

/** The interfaces over HTTP of a simulated hospital. */
export const httpPort = port
  .default(8090)
  .describe(
    "Port of its FHIR, sign-in, launch page and admin API; 0 picks a free one. The admin API asks for the token in TRESTLE_SANDBOX_ADMIN_TOKEN; one is drawn and printed where that is not set.",
  );

export const profile = z.string().optional().meta({
  value: "FILE",
  description:
    "The site that it simulates: a file, or a ready one: athenahealth, default, eclinicalworks, locked-down, older-release, poor-data, proxied-path, refusing-gateway, or a hospital of integrations/three-sites by its name.",
});

interface Address {
  readonly host: string;
  readonly port: number;
}

/** `HOST:PORT`; an IPv6 address stands in brackets. Ports are from 1 to 65535. */
export const listenerAddress = z
  .string()
  .refine((text) => readAddress(text) !== undefined, {
    error: "give HOST:PORT, such as 127.0.0.1:2575.",
  })
  .default("127.0.0.1:2575")
  .meta({ value: "HOST:PORT", description: "The MLLP listener to send to." });

/**
 * Takes a listener's address apart.
 *
 * @returns Undefined where the text is none.
 */
export function readAddress(text: string): Address | undefined {
  const { host, port: digits } = hostAndPort.exec(text)?.groups ?? {};
  const number = Number(digits);
  if (host === undefined || !(number >= 1 && number <= 65_535)) return undefined;
  return { host: host.replace(/^\[(?<inner>.*)\]$/u, "$<inner>"), port: number };
}

const hostAndPort = /^(?<host>\[[\da-f:.]+\]|[^\s:]+):(?<port>\d{1,5})$/iu;
