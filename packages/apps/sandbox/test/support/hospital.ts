import { type Hl7Message, parseMessage } from "@trestle/hl7v2";
import type { z } from "zod";
import { type Sent, loadPathways, pathwayFolder, traffic } from "../../src/index.ts";
import { feedSettings } from "../../src/site/feed-settings.ts";
import { type Pathway, pathwaySettings } from "../../src/life/pathway.ts";

/** A message, and what the parser makes of it. */
export interface Received extends Sent {
  readonly message: Hl7Message;
}

interface Lives {
  readonly count: number;
  readonly seed?: number;
  readonly patients?: number;
  /** Those that come with the sandbox if not said. */
  readonly pathways?: readonly Pathway[];
  readonly feed?: z.input<typeof feedSettings>;
}

export const shippedPathways = await loadPathways(pathwayFolder);

/** The first messages of a hospital. */
export function firstMessages({
  count,
  seed = 1,
  patients = 200,
  pathways,
  feed = {},
}: Lives): Sent[] {
  const messages = traffic({
    seed,
    patients,
    start: "2026-01-15T12:00:00Z",
    facility: "TH",
    timeZone: "America/Chicago",
    pathways: pathways ?? shippedPathways,
    feed: feedSettings.parse(feed),
  });
  return messages.take(count).toArray();
}

/** @throws {Error} naming the type of a message that the parser refuses or only tolerates. */
export function parsed(sent: Sent): Received {
  const read = parseMessage(sent.text);
  if (!read.ok) throw new Error(`${sent.type} is refused: ${read.problem.code}`);
  if (read.value.warnings.length > 0) throw new Error(`${sent.type} is read with warnings`);
  return { ...sent, message: read.value };
}

/** Fields as they stand on the wire, numbered as the standard does; of the first such segment. */
export function rawFields(text: string, segment: string): readonly string[] {
  const line = text.split("\r").find((one) => one.startsWith(`${segment}|`)) ?? "";
  const fields = line.split("|");
  return segment === "MSH" ? ["MSH", "|", ...fields.slice(1)] : fields;
}

/** A pathway as a file would give it. */
export function pathway(...steps: z.input<typeof pathwaySettings>["steps"]): Pathway {
  return pathwaySettings.parse({ title: "Invented", weight: 1, steps });
}
