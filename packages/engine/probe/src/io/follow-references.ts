import { TrestleError } from "@trestle/base";
import { kindOf } from "@trestle/fhir/client";
import type { SearchTally } from "./search-tally.ts";
import type { SiteReader } from "./site-reader.ts";

/** How many references could not be followed, by element. */
export type Unchecked = Map<SearchTally["elements"][number], number>;

/**
 * Follows the references that were kept of each element; a site is asked once for each different one. What is refused, or lies outside
 * of the scopes, is neither good nor wrong.
 *
 * @throws {Ended}
 */
export async function followReferences(
  searches: readonly SearchTally[],
  reader: SiteReader,
  unchecked: Unchecked,
): Promise<void> {
  const known = new Map<string, boolean | undefined>();
  for (const element of searches.flatMap(({ elements }) => elements)) {
    const { references, tally } = element;
    for (const { patient, where, isWrong } of references.inner)
      tally.check(patient, { what: "reference", isWrong, where, value: "#" });
    for (const { type, id, patient, where } of references.all) {
      const value = `${type}/${id}`;
      if (!known.has(value)) known.set(value, await leadsNowhere(reader, type, id));
      const isWrong = known.get(value);
      if (isWrong === undefined) unchecked.set(element, (unchecked.get(element) ?? 0) + 1);
      else tally.check(patient, { what: "reference", isWrong, where, value });
    }
  }
}

async function leadsNowhere(
  reader: SiteReader,
  type: string,
  id: string,
): Promise<boolean | undefined> {
  const read = await reader.read(type, id);
  if (!(read instanceof TrestleError)) return false;
  return kindOf(read) === "notFound" && read.code !== "fhir.notServed" ? true : undefined;
}
