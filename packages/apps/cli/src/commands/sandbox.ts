import { mkdirSync } from "node:fs";
import { z } from "zod";
import { adminTokenFrom, announceSandbox } from "../announce-sandbox.ts";
import { UsageError, defineCommand } from "../command.ts";
import { onDemand } from "../io/on-demand.ts";
import { rememberProgress } from "../io/sandbox-progress.ts";
import { tellUnanswered } from "../io/tell-unanswered.ts";
import { untilAborted } from "../io/until-aborted.ts";
import {
  httpPort,
  listenerAddress,
  patients,
  profile,
  rate,
  readAddress,
  seed,
} from "../option-types.ts";

export const sandbox = defineCommand({
  name: "sandbox",
  summary:
    "Run the simulated hospital alone, until Ctrl+C: FHIR and OAuth over HTTP, HL7 v2 over MLLP.",
  exits3: "when the receiver refused messages",
  json: "when it ends: sent, answered, refused, reconnects, unsent.",
  options: z.strictObject({
    seed,
    patients,
    rate,
    to: listenerAddress,
    hl7: z
      .boolean()
      .default(true)
      .describe("Send no HL7. Messages wait otherwise while nobody acknowledges them."),
    http: z.boolean().default(true).describe("Serve nothing over HTTP, and only send."),
    httpPort,
    httpHost: z
      .string()
      .default("127.0.0.1")
      .meta({ value: "HOST", description: "The interface that HTTP is bound to." }),
    publicUrl: z
      .url({ protocol: /^https?$/u, error: "give an address, such as https://fhir.example.org." })
      .optional()
      .meta({ value: "URL", description: "How clients reach it, where that is another address." }),
    profile,
    data: z.string().optional().meta({
      value: "DIR",
      description:
        "A folder to remember in how far it came, and to go on from; it begins anew where left out. With a hub's data folder it goes on after `trestle demo`.",
    }),
    speed: z.coerce
      .number()
      .min(0.01)
      .max(1_000_000)
      .optional()
      .describe("Simulated seconds a second; the clock jumps from event to event if not said."),
    pathways: z
      .string()
      .optional()
      .meta({ value: "DIR", description: "A folder of pathway files, in place of its own." }),
    count: z.coerce.number().int().min(1).optional().describe("End after this many messages."),
  }),
  examples: [
    "trestle sandbox",
    "trestle sandbox --data data",
    "trestle sandbox --no-hl7 --profile locked-down",
    "trestle sandbox --rate 20 --seed 7 --count 1000",
  ],
  async run(options, surroundings) {
    const { out, signal } = surroundings;
    const { to, count, data, http, httpPort: port, httpHost: host, publicUrl, ...lives } = options;
    if (!http && !lives.hl7) throw new UsageError("--no-hl7 and --no-http leave nothing to do.");
    const adminToken = adminTokenFrom(surroundings.environment);
    const progress = data === undefined ? undefined : progressIn(data, lives);
    const { sandboxSettings, startSandbox } = await onDemand.sandbox();
    const running = await startSandbox(
      sandboxSettings.parse({
        ...lives,
        ...readAddress(to),
        stopAfter: count,
        skip: progress?.sent ?? 0,
        ...(http && { http: { host, port, publicUrl, adminToken } }),
      }),
    );
    const toEnd = progress?.follow(running) ?? running;
    announceSandbox(running, surroundings);
    if (lives.hl7) out.note(`Sending about ${lives.rate} messages a second to ${to}.`);
    else out.note(`Living through about ${lives.rate} events a second, and sending none of them.`);
    out.note("Ctrl+C ends it.");
    const stopTelling = tellUnanswered(running, { to, out });
    try {
      await Promise.race([untilAborted(signal), running.done]);
    } finally {
      // Also where its life came to an end by itself: what listens would keep the process.
      stopTelling();
      await toEnd.stop();
    }
    const { sent, answered, refused, reconnects, unsent } = running;
    const left = unsent === 0 ? "" : `, ${unsent} still to send`;
    out.row(
      { sent, answered, refused, reconnects, unsent },
      `${sent} sent, ${answered} accepted, ${refused} refused${left}.`,
    );
    return refused === 0 ? 0 : 3;
  },
});

/** @throws {UsageError} where the folder cannot be made */
function progressIn(folder: string, lives: Parameters<typeof rememberProgress>[1]) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new UsageError(`${folder} cannot be a folder to remember in.`);
  }
  return rememberProgress(folder, lives);
}
