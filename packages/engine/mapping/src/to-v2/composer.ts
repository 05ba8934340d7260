import { type Problem, type Result, fail, phi, succeed } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { type SiteProfile, type Validate, createValidator } from "@trestle/hl7v2/validate";
import { DateTime } from "luxon";
import { checkBeforeItLeaves } from "./check-before-it-leaves.ts";
import type { ComposedExplained, ComposeRequest, Composer, ComposerLimits } from "./composed.ts";
import { draftMessage } from "./draft-message.ts";
import { leftOut } from "./left-out.ts";
import { LocalCodes } from "./local-codes.ts";
import { withOwnProfile } from "./own-profile.ts";
import { type PrintLimits, printMessage } from "./print-message.ts";
import type { CodeTables } from "../tables/code-tables.ts";

/** A composer of HL7 v2 messages from FHIR R4. Holds no state that changes a result. */
export function createComposer(limits: ComposerLimits = {}): Composer {
  const composing: Means = {
    limits: withDefaults(limits),
    codes: new WeakMap(),
    validators: new WeakMap(),
  };
  return {
    compose: (request) => {
      const made = run(request, composing);
      if (!made.ok) return made;
      const { text, kind, warnings, notes, leftOut: omitted } = made.value;
      return succeed({ text, kind, warnings, notes, leftOut: omitted });
    },
    explain: (request) => run(request, composing),
  };
}

interface Means {
  readonly limits: Required<ComposerLimits>;
  /** Prepared once for the tables of a site. */
  readonly codes: WeakMap<CodeTables, LocalCodes>;
  /** By the profile of a site. */
  readonly validators: WeakMap<SiteProfile, Validate>;
}

function run(request: ComposeRequest, means: Means): Result<ComposedExplained, readonly Problem[]> {
  const { limits } = means;
  const known = codesOf(request, means);
  const drafted = draftMessage(request, { codes: known, maxSegments: limits.maxSegments });
  if (!drafted.ok) return drafted;
  const { segments, composing, kind, touched } = drafted.value;
  const printed = printMessage(segments, limits);
  const parsed = parseMessage(printed.text);
  const checked = parsed.ok
    ? checkBeforeItLeaves(parsed.value, request.kind, validatorOf(request, means))
    : [parsed.problem];
  const found = [...composing.problems, ...printed.problems, ...checked];
  // What was left out with a warning may be why a field is empty.
  if (found.length > 0) return fail([...found, ...composing.warnings]);
  return succeed({
    text: phi(printed.text),
    kind,
    warnings: [...composing.warnings, ...printed.warnings],
    notes: composing.notes,
    leftOut: leftOut(composing.resources.all, touched),
    sources: printed.sources,
  });
}

/** The tables as they stand at the site on the day on which the message leaves. */
function codesOf({ site, header }: ComposeRequest, { codes }: Means): LocalCodes {
  const leaves = DateTime.fromISO(header.at, { zone: site.timeZone });
  const tables = site.tables.on(leaves.toISODate() ?? undefined);
  const known = codes.get(tables) ?? new LocalCodes(tables);
  codes.set(tables, known);
  return known;
}

function validatorOf({ profile = standardAlone }: ComposeRequest, { validators }: Means): Validate {
  const known = validators.get(profile) ?? createValidator({ profile: withOwnProfile(profile) });
  validators.set(profile, known);
  return known;
}

function withDefaults(limits: ComposerLimits): Required<ComposerLimits> & PrintLimits {
  const {
    maxTextCharacters = 65_536,
    maxContentCharacters = 16_777_216,
    maxSegments = 10_000,
  } = limits;
  return { maxTextCharacters, maxContentCharacters, maxSegments };
}

/** No site: the standard. */
const standardAlone: SiteProfile = {};
