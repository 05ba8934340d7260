import { phi } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import { type Hl7Message, standardSeparators } from "@trestle/hl7v2";
import { bundleOf } from "./bundle.ts";
import { createCaches } from "./caches.ts";
import { identitiesOf } from "./identities.ts";
import type { Mapped, Mapper } from "./mapping.ts";
import { Draft } from "./rows/draft.ts";
import { Trace } from "./rows/trace.ts";
import { messageWarnings } from "./message-warnings.ts";
import { markForbiddenCharacters } from "./forbidden-characters.ts";
import { nullWarnings } from "./null-warnings.ts";
import { siteOfMessage } from "./site-of-message.ts";
import { sourcesOf } from "./sources.ts";
import { mapGroup } from "./structure/map-group.ts";
import { readGroups } from "./structure/read-groups.ts";

/** Limits of a mapper. */
export interface MapperOptions {
  /** How many ids, time zone offsets, and texts of each site are remembered at most; 20 000 where left out. */
  readonly maxRemembered?: number;
}

/** A mapper of HL7 v2 messages to FHIR R4. Holds no state that changes a result. */
export function createMapper({ maxRemembered = 20_000 }: MapperOptions = {}): Mapper {
  const caches = createCaches(maxRemembered);
  return {
    map(message, site) {
      const known = siteOfMessage(message, site);
      // A text means what it means only under these separators.
      const isUsual = message.separators === standardSeparators;
      const memory = isUsual ? caches.memoryOf(known) : undefined;
      known.uses?.beginMessage();
      return run(message, new Draft({ site: known, caches, memory })).mapped;
    },
    explain(message, site) {
      const trace = new Trace();
      const known = siteOfMessage(message, site);
      const explain = () => {
        const { mapped, bundle } = run(message, new Draft({ site: known, caches, trace }));
        return { ...mapped, sources: sourcesOf(bundle, trace, known.tables) };
      };
      return known.uses?.withoutCounting(explain) ?? explain();
    },
  };
}

function run(message: Hl7Message, draft: Draft): { mapped: Mapped; bundle: Bundle } {
  const root = readGroups(message, draft.site.maps?.segments);
  mapGroup(draft, root);
  for (const warning of messageWarnings(draft, root)) draft.warn(warning);
  for (const warning of nullWarnings(message, draft, root)) draft.warn(warning);
  markForbiddenCharacters(draft, message);
  const bundle = bundleOf(draft);
  const { warnings, unmappedCodes } = draft;
  const outcome = outcomeOf(draft.size, warnings.length);
  return {
    mapped: { outcome, bundle: phi(bundle), ...identitiesOf(draft, root), warnings, unmappedCodes },
    bundle,
  };
}

function outcomeOf(resources: number, warnings: number): Mapped["outcome"] {
  if (resources === 0) return "notMapped";
  return warnings === 0 ? "mapped" : "mappedWithWarnings";
}
