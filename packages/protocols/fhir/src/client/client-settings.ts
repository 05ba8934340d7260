import { z } from "zod";

const bytes = z
  .int()
  .min(1024)
  .max(1024 ** 3);
const seconds = z.int().min(1).max(86_400);
const milliseconds = z.int().min(1).max(3_600_000);
const hour = z.int().min(0).max(24);
const perHour = z.int().min(1).max(10_000_000);

const retry = z
  .strictObject({
    maxAttempts: z
      .int()
      .min(1)
      .max(20)
      .default(4)
      .describe("Tries of one request, the first one too."),
    firstDelayMs: milliseconds
      .default(500)
      .describe("Longest wait before the first new try; doubles from there. Milliseconds."),
    maxDelayMs: milliseconds
      .default(20_000)
      .describe("Longest wait between tries, in milliseconds."),
    maxRetryAfterSeconds: seconds
      .default(120)
      .describe("A server that asks to wait longer than this fails the request at once."),
  })
  .describe("How requests that were surely not accepted are tried again.");

const circuit = z
  .strictObject({
    failures: z.int().min(1).max(1000).default(10).describe("Failures in a row that open it."),
    openSeconds: seconds.default(30).describe("How long the site is left alone then."),
  })
  .describe("When a site that fails is left alone for a while.");

const budget = z
  .strictObject({
    timeZone: z
      .string()
      .refine(isTimeZone, "must be a time zone, such as America/Chicago")
      .describe("The site's time zone, such as America/Chicago."),
    peakFromHour: hour.default(7).describe("Hour of the day at which the peak begins."),
    peakToHour: hour.default(19).describe("Hour of the day at which the peak ends."),
    peakRequestsPerHour: perHour.describe("Requests within an hour during the peak."),
    offPeakRequestsPerHour: perHour.describe("Requests within an hour at other times."),
  })
  .describe("The load that was agreed with the site. Requests beyond it wait.");

const throttle = z
  .strictObject({
    requestsPerSecond: z
      .number()
      .min(0.01)
      .max(10_000)
      .describe("Requests that may begin in a second; 0.5 is one in two seconds."),
    burst: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe(
        "Requests that may begin at once after a while without any. As many as in a second where left out, and at least one.",
      ),
  })
  .describe(
    "How fast the site is asked, by all that asks it together. Requests beyond it wait, in order, as long as maxQueueSeconds allows; each try counts. Requests for tokens do not: they are few, and go to another server.",
  );

const cache = z
  .strictObject({
    maxEntries: z.int().min(0).max(1_000_000).default(1000).describe("Answers that are kept."),
    maxBytes: z
      .int()
      .min(0)
      .max(1024 ** 3)
      .default(32 * 1024 * 1024)
      .describe("Their size together."),
  })
  .describe("Answers kept for callers that say how old one may be.");

const bulk = z
  .strictObject({
    pollSeconds: seconds
      .default(60)
      .describe("Wait between questions whether it is ready, where the server names none."),
    maxPollSeconds: seconds
      .default(1800)
      .describe("Longest wait between such questions, whatever the server says."),
    horizonHours: z.int().min(1).max(720).default(48).describe("How long an export may take."),
    maxLineBytes: bytes
      .default(16 * 1024 * 1024)
      .describe("Size of the largest resource in a file."),
    maxFileAttempts: z.int().min(1).max(100).default(5).describe("Tries of one file."),
  })
  .describe("Bulk export.");

/** One FHIR server at a site, and every limit kept towards it. */
export const fhirClientSettings = z
  .strictObject({
    baseUrl: z
      .url({ protocol: /^https?$/u })
      .refine(namesNobody, "must name no user and no password, for everybody may read it")
      .describe("FHIR R4 address of the server, such as https://fhir.example.org/api/FHIR/R4."),
    allowedOrigins: z
      .array(z.url({ protocol: /^https?$/u }))
      .max(100)
      .default([])
      .describe(
        "Other origins of the same site, to which next pages and files may lead. They get the token.",
      ),
    pageSize: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe("_count of searches. Left out: the server decides."),
    maxPages: z.int().min(1).max(1_000_000).default(1000).describe("Pages of one search."),
    maxUrlBytes: z
      .int()
      .min(256)
      .max(65_536)
      .default(4096)
      .describe("Length of an address; longer searches go by POST where the server takes that."),
    maxAnswerBytes: bytes.default(32 * 1024 * 1024).describe("Size of one answer."),
    maxBinaryBytes: bytes.default(64 * 1024 * 1024).describe("Size of one document."),
    maxConcurrent: z.int().min(1).max(256).default(8).describe("Requests under way at a time."),
    maxQueued: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(1000)
      .describe("Requests that may wait for their turn."),
    maxQueueSeconds: seconds
      .default(60)
      .describe("How long a request may wait for its turn, budget and throttle included."),
    connectTimeoutSeconds: seconds.default(10).describe("How long connecting may take."),
    answerTimeoutSeconds: seconds.default(30).describe("How long the server may be silent."),
    maxAliases: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(100_000)
      .describe("Merged patients that are remembered."),
    retry: retry.prefault({}),
    circuit: circuit.prefault({}),
    budget: budget.optional(),
    throttle: throttle.optional(),
    cache: cache.prefault({}),
    bulk: bulk.prefault({}),
  })
  .meta({
    title: "FHIR client",
    examples: [
      { baseUrl: "https://fhir.lakeshore.example/api/FHIR/R4" },
      {
        baseUrl: "https://fhir.lakeshore.example/api/FHIR/R4",
        maxConcurrent: 4,
        budget: {
          timeZone: "America/Chicago",
          peakRequestsPerHour: 3600,
          offPeakRequestsPerHour: 18_000,
        },
        throttle: { requestsPerSecond: 5 },
      },
    ],
  });

export type FhirClientSettings = z.output<typeof fhirClientSettings>;

/** What holds where no burst is named. */
export function burstOf({ requestsPerSecond, burst }: z.output<typeof throttle>): number {
  return burst ?? Math.max(1, Math.ceil(requestsPerSecond));
}

/** Addresses are shown, logged and kept in git; a secret in one would be everywhere. */
function namesNobody(address: string): boolean {
  const url = URL.parse(address);
  return url === null || (url.username === "" && url.password === "");
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
