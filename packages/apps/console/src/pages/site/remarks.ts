import type { Health, ReplyOf, Routes } from "@trestle/api/contract";

export type Answer = ReplyOf<Routes["querySiteFhir"]>;

/** One thing that a site said of its answer, as people read it. */
export interface Remark {
  readonly key: string;
  readonly state: Health;
  readonly text: string;
  /** What it tells at this site, what to do, and which parts of the search it is about. */
  readonly more: string;
  /** The site's own code, or ours; empty where there is none. */
  readonly code: string;
}

/** Why a site refused, then what it remarked; what it said of several parts is one remark. */
export function remarksOf({ problem, notices }: Answer): readonly Remark[] {
  return [
    ...(problem === undefined ? [] : [refusalOf(problem)]),
    ...[...Map.groupBy(notices, ({ kind, code }) => `${kind} ${code}`)].flatMap(remarkOf),
  ];
}

function refusalOf({ code, hint, siteCode, meaning }: NonNullable<Answer["problem"]>): Remark {
  return {
    key: code,
    state: "bad",
    text: meaning ?? hint,
    more: meaning === undefined ? "" : hint,
    code: siteCode === undefined ? code : `${code} ${siteCode}`,
  };
}

function remarkOf([key, all]: readonly [string, Answer["notices"]]): readonly Remark[] {
  const [first] = all;
  if (first === undefined) return [];
  const { mayMiss, text, hint, meaning = "", code } = first;
  const parts = all.flatMap(({ part }) => part ?? []);
  const about = parts.length === 0 ? "" : `It is about ${parts.join(", ")}.`;
  const names = [...new Set(all.flatMap(({ missing = [] }) => missing))];
  const toBeGranted = names.length === 0 ? "" : `To be granted: ${names.join(", ")}.`;
  return [
    {
      key,
      state: mayMiss ? "warning" : "neutral",
      text,
      more: [meaning, hint, toBeGranted, about].filter((each) => each !== "").join(" "),
      code,
    },
  ];
}
