import { type CheckedEnvironment, problemAt } from "./checked-environment.ts";
import type { CrossProblem } from "./parts.ts";
import { hintFor } from "./unknown-name.ts";

/** Checks that each kind of data can come by the method that is named for it. */
export async function checkPathways(checked: CheckedEnvironment): Promise<readonly CrossProblem[]> {
  const all = Object.entries(checked.settings.pathways);
  if (all.length === 0) return [];
  // Loaded where it is needed: most hubs' sites name no pathway.
  const { isType } = await import("@trestle/fhir/elements");
  const reads = await readTypes(checked);
  return all.flatMap(([type, { method, channel = "", alsoOverFhir }]) => {
    if (!isType(type)) return [unknownType(checked, type)];
    if (method === "fhir") return ofFhir(checked, ["pathways", type, "method"], reads);
    if (method !== "hl7v2") return [];
    return [
      ...ofChannel(checked, type, channel),
      ...(alsoOverFhir ? ofFhir(checked, ["pathways", type, "alsoOverFhir"], reads) : []),
    ];
  });
}

/** The types that scopes let the hub read; `*` for all. */
async function readTypes({ parts, settings }: CheckedEnvironment): Promise<ReadonlySet<string>> {
  const { parseScopes } = await import("@trestle/smart/parse-scopes");
  const scopes = settings.fhir?.scopes ?? parts.needs?.scopes ?? [];
  const parsed = scopes.flatMap((text) => parseScopes(text));
  return new Set(parsed.flatMap((one) => (one.kind === "resource" ? [one.resourceType] : [])));
}

function unknownType({ layers }: CheckedEnvironment, type: string): CrossProblem {
  return problemAt(layers, ["pathways", type], {
    part: "key",
    code: "integration.unknownType",
    text: `FHIR R4 has no resource type “${type}”.`,
    hint: "Write it as the standard does, such as Patient or MedicationRequest.",
  });
}

function ofChannel(
  { layers, settings, environment }: CheckedEnvironment,
  type: string,
  channel: string,
): CrossProblem[] {
  const known = [...new Set(settings.feeds.flatMap(({ channels }) => channels))];
  if (known.includes(channel)) return [];
  return [
    problemAt(layers, ["pathways", type, "channel"], {
      code: "integration.unknownChannel",
      text: `No feed of ${environment} has a channel “${channel}”.`,
      hint: hintFor(channel, known, "its feeds"),
    }),
  ];
}

function ofFhir(
  { layers, settings, environment }: CheckedEnvironment,
  place: readonly [group: string, type: string, key: string],
  reads: ReadonlySet<string>,
): CrossProblem[] {
  const [, type] = place;
  if (settings.fhir === undefined) return [problemAt(layers, place, noFhir(environment))];
  if (reads.has(type) || reads.has("*")) return [];
  return [
    problemAt(layers, place, {
      code: "integration.noScope",
      text: `${type} is to come over FHIR, and no scope reads it.`,
      hint: `Add system/${type}.rs to the scopes of integration.yaml, or of fhir where it has its own.`,
    }),
  ];
}

function noFhir(environment: string) {
  return {
    code: "integration.noFhir",
    text: `This is to come over FHIR, and ${environment} does not answer over it.`,
    hint: "Add fhir to the environment, or name another method there.",
  };
}
