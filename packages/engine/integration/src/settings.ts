import { isIP } from "node:net";
import { mllpListener } from "@trestle/mllp/listener-settings";
import { z } from "zod";
import { configurationSettings } from "./configuration-settings.ts";
import { keySettings } from "./key-settings.ts";
import { messageSettings } from "./message-settings.ts";
import { processingSettings } from "./processing-settings.ts";
import { promotionSettings } from "./promotion-settings.ts";
import { whatIfLimits } from "./what-if-limits.ts";

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;
const port = z.int().min(0).max(65_535);

/** Console and API: where they bind and what they take. */
const http = z
  .strictObject({
    host: z.string().min(1).default("127.0.0.1").describe("Address of the interface to bind."),
    port: port.default(8080).describe("TCP port. 0 picks a free one."),
    publicUrl: z
      .url({ protocol: /^https?$/u })
      .optional()
      .describe("The address under which people reach it, where that is not host and port."),
    hosts: z
      .array(z.string().min(1))
      .default([])
      .describe("Further host names to which a hub on loopback answers."),
    tls: z
      .strictObject({
        certificateFile: z.string().describe("PEM file of the certificate and its chain."),
        keyFile: z.string().describe("PEM file of the private key."),
      })
      .optional()
      .describe("Serve HTTPS with this certificate."),
    behindProxy: z
      .boolean()
      .default(false)
      .describe("Say true where a proxy in front of the hub speaks HTTPS with people."),
    maxBodyBytes: z
      .int()
      .min(1024)
      .max(gibibyte)
      .default(mebibyte)
      .describe("Largest request body, in bytes."),
    requestTimeoutSeconds: z
      .number()
      .min(1)
      .max(600)
      .default(30)
      .describe("How long a request may take to arrive, and again to be answered."),
    maxConnections: z
      .int()
      .min(1)
      .max(65_535)
      .default(1000)
      .describe("Connections at the same time."),
    maxEventStreams: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe("Consoles that may follow events at the same time."),
    maxEventBufferBytes: z
      .int()
      .min(1024)
      .max(gibibyte)
      .default(mebibyte)
      .describe("A follower of events for whom more than this waits is dropped."),
    maxRecordItems: z
      .int()
      .min(1)
      .max(100_000)
      .default(2000)
      .describe("Resources shown of one patient."),
  })
  .superRefine((settings, context) => {
    if (isLoopback(settings.host) || settings.tls !== undefined || settings.behindProxy) return;
    context.addIssue({
      code: "custom",
      path: ["host"],
      message:
        "other machines can reach this address, so it needs tls, or behindProxy: true where a proxy does it",
    });
  });

/** A listener, and what the hub says to its senders beside framing. */
const listener = mllpListener.safeExtend({
  sequenceNumbers: z
    .boolean()
    .default(false)
    .describe("Whether senders number their messages (MSH-13), so that a missing one is noticed."),
  maxLinks: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe(
      "Pairs of sending application and facility whose numbers are kept. A message of a further one is refused.",
    ),
  processedTimeoutSeconds: z
    .number()
    .min(0.1)
    .max(3600)
    .default(30)
    .describe(
      "How long a sender waits for a channel with acknowledge: processed; then it hears AR.",
    ),
  maxAwaitingProcessed: z
    .int()
    .min(1)
    .max(100_000)
    .default(1024)
    .describe(
      "Messages whose processing is waited for at the same time. Further ones are refused.",
    ),
});

export type ListenerSettings = z.infer<typeof listener>;

/** Everything in trestle.yaml. */
export const settingsSchema = z
  .strictObject({
    http: http.prefault({}).describe("Console and API."),
    listeners: z
      .record(z.string().regex(/^[a-z][a-z0-9-]*$/u), listener)
      .describe("MLLP listeners by name; channels and sites refer to the names."),
    storage: z
      .strictObject({
        directory: z
          .string()
          .min(1)
          .default("data")
          .describe("The data folder, where --data does not name one."),
        minFreeBytes: z
          .int()
          .min(0)
          .default(67_108_864)
          .describe("With less free on the data folder's disk no message is taken."),
      })
      .prefault({})
      .describe("Where the hub keeps what it received."),
    messages: messageSettings
      .prefault({})
      .describe("What a message may have at most. One that has more is kept and refused."),
    processing: processingSettings
      .prefault({})
      .describe("How the work right of the journal is cut."),
    whatIf: whatIfLimits
      .prefault({})
      .describe("How stored traffic is compared under another revision."),
    privacy: z
      .strictObject({
        maskUntilPurpose: z
          .boolean()
          .default(true)
          .describe("Whether patient data is masked until somebody says why they look."),
      })
      .prefault({})
      .describe("Who sees patient data."),
    signIn: z
      .strictObject({
        linkMinutes: z
          .int()
          .min(1)
          .max(43_200)
          .default(1440)
          .describe("How long a sign-in link is good."),
        sessionHours: z
          .number()
          .min(0.1)
          .max(720)
          .default(12)
          .describe("How long a session lasts."),
        failedRedeemsPerMinute: z
          .int()
          .min(1)
          .max(1000)
          .default(10)
          .describe("Failed sign-ins a minute, of everybody together, before all are refused."),
      })
      .prefault({})
      .describe("How people sign in."),
    probes: z
      .strictObject({
        keepReports: z
          .int()
          .min(1)
          .max(100_000)
          .default(200)
          .describe("Reports of probes that are kept of each site, the newest."),
      })
      .prefault({})
      .describe("What is kept of probes."),
    changes: z
      .strictObject({
        commitToGit: z
          .boolean()
          .default(false)
          .describe(
            "Whether people at the console may let the hub commit what they decide about codes, and change in settings, to the repository of this folder. Otherwise they get a patch.",
          ),
      })
      .prefault({})
      .describe("How decisions of people become files of this folder."),
    keys: keySettings
      .prefault({})
      .describe("The keys by which the hub signs in at sites that answer over FHIR."),
    configuration: configurationSettings
      .prefault({})
      .describe("How a running hub takes a changed folder."),
    promotion: promotionSettings
      .prefault({})
      .describe("How a change reaches production environments."),
    scopeUse: z
      .strictObject({
        keepDays: z
          .int()
          .min(1)
          .max(3650)
          .default(400)
          .describe("For how many days is kept which scopes requests to sites stood for."),
      })
      .prefault({})
      .describe("What is measured of the access that the application has at sites."),
    logging: z
      .strictObject({
        level: z
          .enum(["debug", "info", "warn", "error"])
          .default("info")
          .describe("What is logged at least."),
      })
      .prefault({})
      .describe("The hub's log, on standard error."),
  })
  .meta({
    title: "trestle.yaml",
    examples: [{ listeners: { hospital: { type: "mllp", port: 2575 } } }],
  });

export type Settings = z.infer<typeof settingsSchema>;

function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
