import type { OutcomeIssue } from "@trestle/epic";
import type { Visit } from "../http/visit.ts";
import type { Filed } from "../store.ts";

/** Which parts of a type are shown, and what is to be said of those that are not. */
export interface SubTypeFilter {
  readonly isShown: (filed: Filed) => boolean;
  readonly notes: readonly OutcomeIssue[];
}

/**
 * Holds the parts that a search asks for against what the user (59205) and the client (59204) have.
 *
 * @param asked Parts that the search is about; what is in none of them is judged by its own part.
 */
export function subTypeFilter(
  { access, outcomes }: Visit,
  type: string,
  asked: readonly string[],
): SubTypeFilter {
  const missing = asked.filter((subType) => !access.mayUse({ type, operation: "Search", subType }));
  const hidden = asked.filter(
    (subType) => !missing.includes(subType) && access.isHidden(type, subType),
  );
  const shown = new Map(
    asked.map((subType) => [subType, ![...missing, ...hidden].includes(subType)]),
  );
  const judge = (subType: string): boolean => {
    const isShown =
      access.mayUse({ type, operation: "Search", subType }) && !access.isHidden(type, subType);
    shown.set(subType, isShown);
    return isShown;
  };
  const text = (who: string, subType: string): string =>
    `${who} not authorized for ${subType === "" ? type : `${type} - ${subType}`}. Search results of this type have not been included.`;
  return {
    isShown: ({ subType }) => shown.get(subType) ?? judge(subType),
    notes: [
      ...hidden.map((each) => outcomes.issue("59205", { diagnostics: text("User", each) })),
      ...missing.map((each) => outcomes.issue("59204", { diagnostics: text("Client", each) })),
    ],
  };
}
