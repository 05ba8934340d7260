import { type Problem, reveal } from "@trestle/base";
import { readMessage } from "@trestle/hl7v2";
import type { Mapped, Mapper, MappingSite } from "@trestle/mapping";
import { printBundle } from "@trestle/mapping/result";
import { type Difference, differencesOf } from "./case-differences.ts";
import type { Integration, Site } from "./integration.ts";
import { siteMapper } from "./site-mapper.ts";
import { tryMapping } from "./try-mapping.ts";

/** One case of a site, read. */
export interface Case {
  readonly site: string;
  /** The name of its file, without the ending. */
  readonly name: string;
  /** In the folder, such as `sites/lakeshore/cases/legal-name-wins.yaml`. */
  readonly file: string;
  readonly because: string;
  readonly message: Uint8Array;
  /** JSON; absent until it is written for the first time. */
  readonly expected?: string;
  readonly expectedFile: string;
  readonly warnings: readonly string[];
}

/** What became of a case. */
export interface CaseResult {
  readonly case: Case;
  /** Why the message could not be mapped at all. */
  readonly problem?: Problem;
  readonly differences: readonly Difference[];
  /** Codes of the warnings, where they are not the expected ones. */
  readonly otherWarnings?: readonly string[];
  /** The Bundle it maps to now, as indented JSON. */
  readonly actual: string;
}

/** What the cases of a site are run with. */
export interface CaseSurroundings {
  readonly mapper: Mapper;
  readonly integration: Integration;
  readonly site: Site;
  /** Of that site. */
  readonly mappingSite: MappingSite;
}

/**
 * Maps a case's message as the hub would, and compares. That a hub would not take it is a problem.
 * Never throws for what a transform does; one may never end.
 */
export function runCase(
  one: Case,
  { mapper, integration, site, mappingSite }: CaseSurroundings,
): CaseResult {
  const read = readMessage(one.message, integration.settings.messages);
  if (!read.ok) return failedCase(one, read.problem);
  const message = read.value;
  const whole = siteMapper(mapper, { integration, site, message });
  if (whole.notTaken !== undefined) return failedCase(one, whole.notTaken);
  const mapped = tryMapping(() => whole.map(message, mappingSite));
  return mapped.ok ? compared(one, mapped.value) : failedCase(one, mapped.problem);
}

/** A case without a result. */
export function failedCase(one: Case, problem: Problem): CaseResult {
  return { case: one, problem, differences: [], actual: "" };
}

function compared(one: Case, mapped: Mapped): CaseResult {
  const bundle = reveal(mapped.bundle);
  const warnings = mapped.warnings.map(({ code }) => code);
  return {
    case: one,
    differences: differencesOf(one.expected ?? nothing, printBundle(bundle)),
    ...(warnings.join(" ") !== one.warnings.join(" ") && { otherWarnings: warnings }),
    actual: `${JSON.stringify(bundle, undefined, 2)}\n`,
  };
}

/** Whether a case came out as it says. */
export function isAsExpected({ problem, differences, otherWarnings }: CaseResult): boolean {
  return problem === undefined && differences.length === 0 && otherWarnings === undefined;
}

const nothing = "null";
