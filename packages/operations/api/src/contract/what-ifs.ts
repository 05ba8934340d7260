import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { instant } from "./shapes.ts";

const kind = z
  .enum([
    "added",
    "removed",
    "changed",
    "failing",
    "succeeding",
    "newRoute",
    "goneRoute",
    "newHold",
    "goneHold",
    "newWarning",
    "goneWarning",
    "newFinding",
    "goneFinding",
    "otherChannel",
    "otherPatient",
  ])
  .describe("In what way a message gives something else.");

const change = z.strictObject({
  before: z.string().optional().describe("In a form that may be shown; no patient data."),
  after: z.string().optional(),
  origin: z
    .strictObject({
      field: z.string().optional(),
      by: z.string().optional().describe("The row of a map."),
      row: z.string().optional().describe("The row of a code table."),
    })
    .optional(),
  values: z.int(),
});

const group = z.strictObject({
  kind,
  path: z
    .string()
    .describe("An element without indexes; or a code, destination or channel, as the kind has it."),
  table: z.string().optional().describe("The code table that decides."),
  harmless: z
    .strictObject({ rule: z.int(), reason: z.string() })
    .optional()
    .describe("Why it does no harm, by this rule of what-if.yaml."),
  messages: z.int(),
  values: z.int(),
  sites: z.array(z.strictObject({ site: z.string(), messages: z.int() })).readonly(),
  changes: z.array(change).readonly(),
  otherValues: z.int(),
  examples: z
    .array(
      z.strictObject({
        id: z.string().describe("Of the message."),
        site: z.string(),
        type: z.string(),
        controlId: z.string(),
      }),
    )
    .readonly(),
});

const result = z.strictObject({
  counts: z.strictObject({
    read: z.int(),
    compared: z.int().describe("Mapped under both revisions."),
    same: z.int().describe("Not mapped, for nothing that decides about them differs."),
    setAside: z.int().describe("Broken, or refused whatever a revision says."),
    differing: z.int(),
    harmful: z.int().describe("With a difference that no rule declares harmless."),
    otherDifferences: z.int().describe("Of further groups, which are not listed."),
  }),
  groups: z.array(group).readonly(),
  rules: z
    .array(
      z.strictObject({
        number: z.int(),
        path: z.string(),
        reason: z.string(),
        values: z.int(),
        hasEnded: z.boolean(),
      }),
    )
    .readonly(),
  isHarmless: z.boolean(),
});

const problem = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  code: z.string(),
  text: z.string(),
  hint: z.string(),
});

const run = z.strictObject({
  id: z.string(),
  state: z.enum(["running", "done", "refused", "stopped", "failed"]),
  revision: z.string().describe("As it was asked for."),
  one: z
    .string()
    .describe("What it is compared with: the revision in force when it began, or `against`."),
  against: z.string().optional().describe("As it was asked for, in place of the one in force."),
  other: z.string().optional().describe("The revision that was asked about, once it is loaded."),
  since: instant,
  site: z.string().optional(),
  startedAt: instant,
  by: z.string(),
  read: z.int().describe("Messages that were looked at so far."),
  total: z.int(),
  problems: z.array(problem).readonly().optional().describe("Why the revision was refused."),
  failure: z
    .strictObject({ code: z.string(), hint: z.string() })
    .optional()
    .describe("Why it failed."),
  result: result.optional(),
});

const params = z.strictObject({ whatIfId: z.string().max(20) });

const revisionName = z
  .string()
  .max(200)
  .regex(/^(?:\.|\w[\w./@^~-]*)$/u, "is a commit, branch or tag, or . for the folder");

export const startWhatIf = defineRoute({
  name: "startWhatIf",
  method: "POST",
  path: "/api/v1/what-ifs",
  summary: "Compare what stored messages give under another revision with what they give now.",
  needs: "whatIfs.run",
  body: z.strictObject({
    revision: revisionName.describe(
      "A commit, branch or tag of the folder's repository; . for the folder as it lies.",
    ),
    against: revisionName.optional().describe("Compared with; the one in force where left out."),
    since: instant,
    site: z.string().max(100).optional(),
  }),
  reply: run,
});

export const listWhatIfs = defineRoute({
  name: "listWhatIfs",
  method: "GET",
  path: "/api/v1/what-ifs",
  summary: "The last comparisons since the hub was started, newest first, without their results.",
  needs: "messages.read",
  reply: z.strictObject({ items: z.array(run.omit({ result: true })).readonly() }),
});

export const getWhatIf = defineRoute({
  name: "getWhatIf",
  method: "GET",
  path: "/api/v1/what-ifs/:whatIfId",
  summary: "One comparison: how far it is, and its result.",
  needs: "messages.read",
  params,
  reply: run,
});

export const stopWhatIf = defineRoute({
  name: "stopWhatIf",
  method: "POST",
  path: "/api/v1/what-ifs/:whatIfId/stop",
  summary: "Stop a comparison that runs.",
  needs: "whatIfs.run",
  params,
  reply: run,
});

export type WhatIfRun = z.infer<typeof run>;
export type WhatIfGroup = z.infer<typeof group>;
