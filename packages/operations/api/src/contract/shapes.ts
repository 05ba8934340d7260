import { z } from "zod";

/** ISO 8601 in UTC. */
export const instant = z.iso.datetime().describe("ISO 8601, UTC.");

export const problem = z.strictObject({
  code: z.string(),
  text: z.string(),
  hint: z.string(),
  at: z.string().optional().describe("A field path, such as PID-3[0].1."),
});

/** What every failed request answers, as `application/problem+json`. */
export const problemDetails = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().describe("Stable; scripts may rely on it."),
  detail: z.string(),
  hint: z.string(),
  issues: z.array(z.strictObject({ at: z.string(), text: z.string() })).optional(),
});

/** What is wrong with a folder, and where. */
export const configurationProblem = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  code: z.string(),
  text: z.string(),
  hint: z.string(),
});

export const pageQuery = {
  cursor: z.string().max(1000).optional().describe("From `next` of the page before."),
  limit: z.coerce.number().int().min(1).max(500).default(50).describe("Rows a page."),
};

/** The same in a body. */
export const pageBody = {
  cursor: pageQuery.cursor,
  limit: z.int().min(1).max(500).default(50).describe("Rows a page."),
};

export const next = z.string().optional().describe("Cursor of the next page; absent on the last.");

/** Why somebody looks at patient data; sent as the header `Trestle-Purpose`, kept in the access record. */
export const purposes = ["troubleshooting", "patient-care", "testing", "audit"] as const;

export const outcome = z.enum([
  "mapped",
  "mappedWithWarnings",
  "notMapped",
  "failed",
  "notProcessed",
]);
export const disposition = z.enum(["accepted", "refused", "broken"]);
export const deliveryState = z.enum(["queued", "delivered", "held", "cancelled"]);
export const health = z.enum(["neutral", "good", "warning", "bad", "held"]);

export type Problem = z.infer<typeof problem>;
export type ProblemDetails = z.infer<typeof problemDetails>;
export type Purpose = (typeof purposes)[number];
export type Health = z.infer<typeof health>;
