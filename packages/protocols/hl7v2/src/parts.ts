import { unescapeText } from "./escapes.ts";
import type { Place } from "./place.ts";
import type { Separators } from "./separators.ts";

/** The part of that number, from 0; empty where there are not so many. An empty mark divides nothing. */
export function nthPart(raw: string, mark: string, number: number): string {
  if (mark === "") return number === 0 ? raw : "";
  let from = 0;
  for (let passed = 0; passed < number; passed += 1) {
    const at = raw.indexOf(mark, from);
    if (at === -1) return "";
    from = at + 1;
  }
  const end = raw.indexOf(mark, from);
  if (end === -1) return from === 0 ? raw : raw.slice(from);
  return raw.slice(from, end);
}

/** The parts of a text; an empty mark divides nothing. */
export function cutParts(raw: string, mark: string): readonly string[] {
  return mark === "" || !raw.includes(mark) ? [raw] : raw.split(mark);
}

/**
 * What stands at a place of a field: its first repetition, component and subcomponent where the
 * place names none. Makes no objects on the way.
 */
export function textOfField(raw: string, place: Place, separators: Separators): string | undefined {
  if (raw === "") return undefined;
  const repetition = nthPart(raw, separators.repetition, place.repetition ?? 0);
  const component = nthPart(repetition, separators.component, (place.component ?? 1) - 1);
  return textOfPart(
    nthPart(component, separators.subcomponent, (place.subcomponent ?? 1) - 1),
    separators,
  );
}

/** Without escapes. Undefined where empty or null. */
export function textOfPart(raw: string, separators: Separators): string | undefined {
  return raw === "" || raw === '""' ? undefined : unescapeText(raw, separators);
}
