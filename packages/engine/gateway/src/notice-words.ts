import type { NoticeKind } from "@trestle/fhir/client";

/** What a remark of a site means, and what to do about it. */
export const noticeWords: Readonly<
  Record<NoticeKind, { readonly text: string; readonly hint: string }>
> = {
  noMatches: {
    text: "The site says that nothing was found.",
    hint: "Nothing needs to be done, unless another remark says that something is left out.",
  },
  applicationLacksAccess: {
    text: "A part is left out because the application was not granted it.",
    hint: "Ask the site to grant the missing API, or take it out of what is needed.",
  },
  userLacksAccess: {
    text: "A part is left out because the user may not see it.",
    hint: "Ask the site for the security that this user, or the application’s own, needs.",
  },
  partialView: {
    text: "The site shows this user a part of the record.",
    hint: "Show it as partial. A patient’s own view never holds everything.",
  },
  recordRestricted: {
    text: "Something is left out because the record is under special protection.",
    hint: "Someone opens it in the hospital’s own system; an application cannot.",
  },
  moreMatches: {
    text: "There is more than the site gives.",
    hint: "Search with more parameters, such as a shorter time.",
  },
  parameterIgnored: {
    text: "The search was made without one of its parameters.",
    hint: "The site does not know it, or not this value. See what it can be searched by.",
  },
  other: {
    text: "The site remarks something that has no name here.",
    hint: "Its words may name somebody, so they are left out. Its documentation knows the code.",
  },
};
