import { reveal } from "@trestle/base";
import type { Hl7Message } from "@trestle/hl7v2";
import { type MappingSite, codeTables, createMapper, printBundle } from "@trestle/mapping";
// The cases and what holds a bundle against R4 belong to the tests of the mapping.
import { cases } from "../../packages/engine/mapping/test/cases.ts";
import { lakeshore } from "../../packages/engine/mapping/test/lakeshore.ts";
import { r4Problems } from "../../packages/engine/mapping/test/r4.ts";
import { parsedMessages } from "./parsed-messages.ts";
import { type Resource, usCoreFinding } from "./us-core.ts";

/** What was mapped, held against R4 and US Core. */
export interface Validity {
  readonly bundles: number;
  /** Lines of what R4 says against them, each with the name of the message. */
  readonly problems: readonly string[];
  readonly text: string;
}

/** Every bundle of the reference messages and of the mapping's own cases. */
export function validity(): Validity {
  const made = [
    ...parsedMessages().map(({ name, message }) => ({ name, ...madeOf(message, bare) })),
    ...cases.map(({ name, message }) => ({ name, ...madeOf(message, lakeshore) })),
  ];
  const problems = made.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
  const resources = made.flatMap((each) => each.resources);
  return { bundles: made.length, problems, text: report(made.length, problems, resources) };
}

const mapper = createMapper();
const bare: MappingSite = { id: "proof", timeZone: "UTC", tables: codeTables(new Map()) };

function madeOf(message: Hl7Message, site: MappingSite) {
  const bundle = reveal(mapper.map(message, site).bundle);
  const received = JSON.parse(printBundle(bundle)) as { entry?: { resource: Resource }[] };
  return {
    faults: r4Problems(bundle),
    resources: (received.entry ?? []).map(({ resource }) => resource),
  };
}

function report(
  bundles: number,
  problems: readonly string[],
  resources: readonly Resource[],
): string {
  const findings = resources.flatMap((resource) => usCoreFinding(resource) ?? []);
  const profiles = [...Map.groupBy(findings, ({ profile }) => profile)];
  return [
    "## Validity",
    "",
    `${bundles} bundles, of the reference messages with the product's tables alone and of the mapping's cases, with ${resources.length} resources; R4 says ${problems.length} times something against one.`,
    ...problems.map((problem) => `- FAILED ${problem}`),
    "",
    "What US Core 6.1.0 requires of the resources that one of its profiles applies to; a message that does not say it cannot give it.",
    "",
    "| Profile | Resources | Have all of it | Lack |",
    "| --- | --- | --- | --- |",
    ...profiles
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([profile, all]) => {
        const whole = all.filter(({ lacks }) => lacks.length === 0).length;
        return `| ${profile} | ${all.length} | ${whole} | ${lacking(all.flatMap(({ lacks }) => lacks))} |`;
      }),
  ].join("\n");
}

/** `type 12, name 3`. */
function lacking(lacks: readonly string[]): string {
  return [...Map.groupBy(lacks, (lack) => lack)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([lack, all]) => `\`${lack.replaceAll("|", " or ")}\` ${all.length}`)
    .join(", ");
}
