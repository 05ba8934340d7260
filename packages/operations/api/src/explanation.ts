import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import type { Entry } from "@trestle/journal";
import type { Explained } from "@trestle/mapping";
import type { Dependencies } from "./dependencies.ts";

/** What the bytes of an entry map to under the configuration in force, or why they do not. */
export function explainBytes(
  bytes: Uint8Array,
  { entry, dependencies }: { entry: Entry; dependencies: Dependencies },
): Result<Explained> {
  const site = dependencies.integration().sites.get(entry.site);
  if (site === undefined) return fail(siteGone);
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) return decoded;
  const message = parseMessage(decoded.value.text);
  if (!message.ok) return message;
  try {
    return succeed(dependencies.mapper.explain(message.value, site));
  } catch (error) {
    return fail(mappingBroke(error));
  }
}

const siteGone: Problem = {
  code: "api.siteGone",
  text: "The site of this message is not in the configuration any more.",
  hint: "Bring the site's folder back, then look again.",
};

function mappingBroke(error: unknown): Problem {
  return {
    code: "api.mappingBroke",
    // The error's text may quote the message, so only its kind is told.
    text: `The mapping failed on this message (${error instanceof Error ? error.name : "unknown"}).`,
    hint: "Report it with the message's type and structure.",
  };
}
