import { checkVisible } from "../http/read.ts";
import type { Visit } from "../http/visit.ts";
import type { Filed } from "../store.ts";
import type { Found } from "./find.ts";
import { subTypeFilter } from "./sub-type-filter.ts";

/**
 * `_id=a,b`. All other parameters but those of the page are ignored.
 *
 * @throws {Refused} 59159 where none of them is an id of the type; 403 where who asks may not see it.
 */
export function findByIds(visit: Visit, type: string, ids: readonly string[]): Found {
  const { outcomes } = visit;
  const filed = ids.flatMap((id) => withId(visit, type, id) ?? []);
  if (filed.length === 0) {
    const unknown = outcomes.issue("59008", {
      severity: "information",
      diagnostics: "Invalid FHIR ID provided",
      element: "_id",
    });
    const needed = type === "Patient" ? "demographics" : "patient";
    const diagnostics = `This resource requires ${needed} or _id parameter for searching.`;
    throw outcomes.refusal("59159", { diagnostics, element: `${needed}/_id` }, [unknown]);
  }
  const subTypes = subTypeFilter(visit, type, [...new Set(filed.map(({ subType }) => subType))]);
  const found = filed.filter((each) => subTypes.isShown(each));
  for (const each of found) checkVisible(visit, each);
  return { found, postFilter: () => true, notes: subTypes.notes };
}

function withId({ server }: Visit, type: string, id: string): Filed | undefined {
  const { store } = server.parts;
  const survivor = type === "Patient" ? store.survivorOf(id) : undefined;
  return store.read(type, survivor ?? id);
}
