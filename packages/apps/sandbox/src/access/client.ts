import { apiNames, parseApiName } from "@trestle/epic";
import { z } from "zod";

/**
 * An application as the hospital has it on record. Each has one id for production and another for
 * all else; the site takes the one of its environment.
 */
export const clientSettings = z
  .strictObject({
    name: z.string().min(1).max(100).describe("What people call the application."),
    clientId: z.string().min(1).max(100).describe("Its id where it is not production."),
    productionClientId: z.string().min(1).max(100).optional().describe("Its id in production."),
    audience: z
      .enum(["clinicians", "patients", "backend"])
      .describe("Who uses it: clinicians, patients, or nobody (a backend system)."),
    redirectUris: z.array(z.url()).default([]).describe("Exact addresses that codes may go to."),
    launchUrl: z.url().optional().describe("Where a launch from the hospital's program opens it."),
    launchContext: z
      .string()
      .max(1000)
      .default("")
      .describe("What a launch tells it beside the patient, such as `dob=%DOB%&user=%SYSLOGIN%`."),
    apis: z
      .array(z.string().refine(isApi, "must be the name of an API, or a pattern that fits some"))
      .default(["*.Read*", "*.Search*"])
      .describe("Named APIs that it is granted; * stands for anything: `Condition.*`."),
    secret: z.string().min(8).max(200).optional().describe("Its secret, where it has one."),
    jwksUrl: z.url().optional().describe("Where its public keys are."),
    keys: z
      .array(z.union([z.string().startsWith("-----BEGIN"), z.record(z.string(), z.unknown())]))
      .default([])
      .describe("Its public keys, as PEM or JWK, where it has no address for them."),
    isPersistent: z.boolean().default(false).describe("Whether it may stay for longer."),
    rollingRefresh: z.boolean().optional().describe("Whether its refresh tokens work once."),
    mayRegister: z
      .boolean()
      .default(false)
      .describe("Whether its copies on patients' devices may register keys of their own."),
    hasSiteUser: z
      .boolean()
      .default(true)
      .describe("Whether the site mapped a user to it, without whom a backend gets nothing."),
    authorizeUrl: z
      .url()
      .optional()
      .describe("Where metadata says that it authorizes, where it says who it is."),
    tokenUrl: z
      .url()
      .optional()
      .describe("Where metadata says that it gets tokens, where it says who it is."),
    scopeSpelling: z.enum(["v1", "v2", "names"]).optional().describe("Else that of the site."),
  })
  .meta({
    title: "Client",
    examples: [
      { name: "Rounds", clientId: "0a1b2c3d-0000-4000-8000-000000000001", audience: "backend" },
    ],
  });

export type ClientSettings = z.infer<typeof clientSettings>;

/** The names of APIs that a list of names and patterns stands for. */
export function expandApis(patterns: readonly string[]): ReadonlySet<string> {
  return new Set(patterns.flatMap(namesFor));
}

/** A client that shows who it is; others are public and never get to stay. */
export function isConfidential(client: ClientSettings): boolean {
  return client.secret !== undefined || hasKeys(client);
}

function hasKeys({ jwksUrl, keys }: ClientSettings): boolean {
  return jwksUrl !== undefined || keys.length > 0;
}

function isApi(text: string): boolean {
  return namesFor(text).length > 0;
}

function namesFor(pattern: string): readonly string[] {
  if (!pattern.includes("*")) return parseApiName(pattern) === undefined ? [] : [pattern];
  const parts = pattern.split("*").map((part) => RegExp.escape(part));
  const fits = new RegExp(`^${parts.join(".*")}$`, "u");
  return apiNames.filter((name) => fits.test(name));
}
