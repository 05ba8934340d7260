import type { Converter } from "../rows/row.ts";
import { extension } from "./extension.ts";

/** An extension whose only content is another one inside, as citizenship has its code. */
export function nestedExtension(
  url: string,
  ...[inner, value, as]: Parameters<typeof extension>
): Converter {
  const within = extension(inner, value, as);
  return (part, scope, lookup) => {
    const made = within(part, scope, lookup);
    if (made === undefined) return undefined;
    const wrapped = { url, extension: [made] };
    scope.draft.trace?.note(wrapped, "url", { rule: "constant" });
    return wrapped;
  };
}
