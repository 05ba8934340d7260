/**
 * The part of a test's name that tells its row: from the last title in it that begins with the
 * number of a section. Undefined where none does.
 *
 * @param titles Of the groups around the test, the outermost first, and of the test itself.
 */
export function rowName(titles: readonly string[]): string | undefined {
  const start = titles.findLastIndex((title) => sectionNumber.test(title));
  return start === -1 ? undefined : titles.slice(start).join(" > ");
}

/**
 * Whether a test that is written with places for values, as `2.4 $row alone`, may get a name that
 * begins so. What stands up to the first place must fit, and where that is no more than the number
 * of the section, what stands behind it too.
 */
export function mayBegin(written: string, beginning: string): boolean {
  if (written.startsWith(beginning)) return true;
  const [start = "", next] = written.split(place);
  if (next === undefined) return false;
  if (!isNumberAlone(start)) return start.startsWith(beginning) || beginning.startsWith(start);
  return beginning.startsWith(start) && hasValueThen(beginning.slice(start.length), next);
}

/** Whether a text is some value and what follows it, or the beginning of what follows. */
function hasValueThen(text: string, next: string): boolean {
  const rests = Array.from(text, (_, index) => text.slice(index)).slice(1);
  return rests.some((rest) => rest.startsWith(next) || next.startsWith(rest));
}

function isNumberAlone(start: string): boolean {
  return /^\d(?:\.\d+)? ?$/u.test(start);
}

const sectionNumber = /^\d(?:\.\d+)? \S/u;

/** What `test.each` puts values in place of. */
const place = /\$[\w.]+|%[sdifjo#]/u;
