import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { instant, problem } from "./shapes.ts";

const site = z.string().max(100);
const need = z.enum(["required", "useful"]);
const name = z.string().min(1).max(200);

const share = z
  .strictObject({ of: z.int(), hits: z.int(), low: z.number(), high: z.number() })
  .describe("A count, and between what the true share lies with 95 % confidence.");

const finding = z.strictObject({
  severity: z.enum(["bad", "remark"]),
  code: z.string().describe("Stable, such as probe.rarelyFilled."),
  text: z.string(),
  hint: z.string(),
});

const refusal = z.strictObject({
  kind: z.string(),
  code: z.string().describe("The site's own code; empty where it gave none."),
  text: z.string(),
  hint: z.string(),
  apis: z.array(z.string()).describe("What the site would have to grant, by its own names."),
  isPart: z.boolean().describe("Whether data came all the same."),
  patients: z.int(),
});

const check = z.strictObject({
  what: z.enum(["system", "table", "valueSet", "code", "unit", "date", "period", "reference"]),
  share: share.describe("Of the values that were looked at, those that are wrong."),
  unchecked: z.int().optional().describe("References that could not be followed."),
});

const probeElement = z.strictObject({
  name: z.string(),
  type: z.enum(["fhir", "hl7"]),
  of: z.string().describe("Resource type, or type of message."),
  among: z.string().optional(),
  at: z.string().describe("FHIRPath or field."),
  access: z.enum(["read", "write"]),
  need,
  minFill: z.number(),
  exists: z.enum(["yes", "no", "unknown"]),
  permitted: z.enum(["yes", "inPart", "no", "unknown"]),
  refusals: z.array(refusal),
  populated: z.strictObject({
    verdict: z.enum(["yes", "no", "tooFew", "unknown"]),
    share,
    patientsToTell: z.int().optional().describe("About how many patients would tell."),
  }),
  good: z.strictObject({
    verdict: z.enum(["yes", "no", "unknown"]),
    checks: z.array(check),
    newestAt: instant.optional(),
  }),
  elsewhere: z
    .array(
      z.strictObject({ method: z.enum(["hl7", "fhir"]), by: z.string(), share: share.optional() }),
    )
    .describe("By which method else it comes, or may."),
  compared: z
    .strictObject({
      patients: z.int(),
      hl7: share,
      pairs: z.int(),
      differing: z.int(),
      onlyFhir: z.int(),
      onlyHl7: z.int(),
    })
    .optional()
    .describe("The same patients over HL7, where the hub has heard of them."),
  verdict: z.enum(["good", "finding", "undecided"]),
  findings: z.array(finding),
});

const end = z
  .enum(["whole", "stopped", "requestsSpent", "timeSpent"])
  .describe("`whole`: everyone in the sample was asked about.");

const reportHead = {
  id: z.string(),
  site,
  environment: z.string(),
  revision: z.string(),
  startedAt: instant,
  endedAt: instant,
  startedBy: z.string(),
  end,
};

export const probeReport = z.strictObject({
  ...reportHead,
  sample: z.strictObject({
    how: z.enum(["record", "list", "group"]),
    words: z.string(),
    seed: z.int(),
    candidates: z.int(),
    chosen: z.int(),
    found: z.int(),
    notFound: z.int(),
    asked: z.int(),
  }),
  requests: z.strictObject({ made: z.int(), limit: z.int() }),
  server: z.strictObject({
    software: z.string(),
    fhirVersion: z.string(),
    dialect: z.string(),
    scopes: z.strictObject({ missing: z.array(z.string()) }),
    problem: problem.optional(),
  }),
  searches: z.array(
    z.strictObject({
      resource: z.string(),
      among: z.string().optional(),
      by: z.enum(["patient", "reference"]),
      patients: z.int(),
      patientsWithAny: z.int(),
      resources: z.int(),
    }),
  ),
  elements: z.array(probeElement),
  before: z
    .strictObject({ id: z.string(), endedAt: instant, software: z.string() })
    .optional()
    .describe("The report that this one was compared with."),
});

const counts = z.strictObject({ good: z.int(), finding: z.int(), undecided: z.int() });

const probeSummary = z.strictObject({
  ...reportHead,
  software: z.string(),
  situation: z.string(),
  required: counts,
  useful: counts,
});

const runningProbe = z.strictObject({
  id: z.string(),
  startedAt: instant,
  startedBy: z.string(),
  phase: z.enum(["choosing", "asking", "references", "messages", "done"]),
  done: z.int().describe("Patients who were asked about."),
  of: z.int(),
  requests: z.int(),
});

export const startProbe = defineRoute({
  name: "startProbe",
  method: "POST",
  path: "/api/v1/sites/:site/probes",
  summary:
    "Begin to look whether the data that integration.yaml needs is really there at a site. Writes nothing there.",
  needs: "probes.run",
  params: z.strictObject({ site }),
  body: z.strictObject({
    environment: z
      .enum(["nonproduction", "production"])
      .optional()
      .describe("Must be the one that this hub speaks with; a guard against the wrong hub."),
    sample: z
      .discriminatedUnion("how", [
        z.strictObject({ how: z.literal("record") }),
        z.strictObject({
          how: z.literal("list"),
          patients: z
            .array(name)
            .min(1)
            .max(1000)
            .describe("`system|value`, a value alone, or Patient/ID of the site."),
        }),
        z.strictObject({ how: z.literal("group"), group: name.describe("Its id at the site.") }),
      ])
      .default({ how: "record" })
      .describe("Whom to ask about: patients of the hub's record, of a list, or of a Group."),
    patients: z.int().min(1).max(1000).default(50).describe("How many of them."),
    seed: z.int().min(0).max(4_294_967_295).default(1).describe("The same seed draws the same."),
    maxRequests: z.int().min(1).max(100_000).default(2000).describe("To the site, at most."),
    maxMinutes: z.number().min(0.01).max(240).default(15),
    hl7Hours: z
      .number()
      .min(0.01)
      .max(8760)
      .default(168)
      .describe("How far back messages of HL7 are looked at."),
    withExamples: z
      .boolean()
      .default(false)
      .describe("Keep a few values of each finding in memory. They are patient data."),
  }),
  reply: z.strictObject({ id: z.string() }),
});

export const listProbes = defineRoute({
  name: "listProbes",
  method: "GET",
  path: "/api/v1/sites/:site/probes",
  summary: "The probe that runs at a site, and reports of earlier ones, newest first.",
  needs: "fhir.watch",
  params: z.strictObject({ site }),
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
  reply: z.strictObject({ running: runningProbe.optional(), items: z.array(probeSummary) }),
});

const probeOfSite = z.strictObject({ site, probe: z.string().max(100) });

export const getProbe = defineRoute({
  name: "getProbe",
  method: "GET",
  path: "/api/v1/sites/:site/probes/:probe",
  summary: "A report, without patient data; or how far the probe is, or why it ended without one.",
  needs: "fhir.watch",
  params: probeOfSite,
  reply: z.strictObject({
    running: runningProbe.optional(),
    problem: problem.optional(),
    report: probeReport.optional(),
    situation: z.string().optional().describe("The report in a sentence."),
    hasExamples: z.boolean(),
  }),
});

export const stopProbe = defineRoute({
  name: "stopProbe",
  method: "POST",
  path: "/api/v1/sites/:site/probes/:probe/stop",
  summary: "End a probe after the request that is under way; what was seen is reported.",
  needs: "probes.run",
  params: probeOfSite,
  reply: z.strictObject({ wasRunning: z.boolean() }),
});

export const getProbeExamples = defineRoute({
  name: "getProbeExamples",
  method: "GET",
  path: "/api/v1/sites/:site/probes/:probe/examples",
  summary: "Values that show the findings of a probe, while the hub that ran it remembers them.",
  needs: "fhir.read",
  params: probeOfSite,
  reply: z.strictObject({
    items: z.array(
      z.strictObject({
        element: z.string(),
        what: z.string(),
        where: z.string(),
        value: z.string(),
      }),
    ),
  }),
});

export type ProbeReport = z.infer<typeof probeReport>;
export type ProbeElement = z.infer<typeof probeElement>;
export type ProbeSummary = z.infer<typeof probeSummary>;
export type ProbeAsked = z.infer<typeof startProbe.body>;
export type RunningProbe = z.infer<typeof runningProbe>;
export type ProbeShare = z.infer<typeof share>;
