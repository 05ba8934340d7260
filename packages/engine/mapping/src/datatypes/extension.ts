import type { Extension } from "@trestle/fhir";
import type { Converter } from "../rows/row.ts";

/** Wraps what a converter makes into an extension; `value` is the key, such as `valueString`. */
export function extension(url: string, value: keyof Extension, as: Converter): Converter {
  return (part, scope, lookup) => {
    const made = as(part, scope, lookup);
    if (made === undefined) return undefined;
    const wrapped = { url, [value]: made };
    scope.draft.trace?.note(wrapped, "url", { rule: "constant" });
    return wrapped;
  };
}
