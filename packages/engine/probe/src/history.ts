import { percent } from "./element-findings.ts";
import type { ElementReport, Finding, ProbeReport } from "./report.ts";

/**
 * A report, with what got worse since the one before: what was permitted and is refused, what was
 * there and is not, and shares that fell so far that their intervals do not touch.
 *
 * @param before The last whole report of the same site and environment; undefined for none.
 */
export function withHistory(report: ProbeReport, before: ProbeReport | undefined): ProbeReport {
  if (before === undefined) return report;
  const earlier = new Map(before.elements.map((each) => [each.name, each]));
  const { id, endedAt, server } = before;
  return {
    ...report,
    elements: report.elements.map((element) => {
      const was = earlier.get(element.name);
      const dropped = was === undefined ? [] : dropsOf(element, was);
      if (dropped.length === 0) return element;
      return { ...element, verdict: "finding", findings: [...dropped, ...element.findings] };
    }),
    before: { id, endedAt, software: server.software },
  };
}

function dropsOf(now: ElementReport, was: ElementReport): readonly Finding[] {
  if (was.exists === "yes" && now.exists === "no")
    return [drop("It was there at the last probe, and is not any more.")];
  if (was.permitted === "yes" && (now.permitted === "no" || now.permitted === "inPart"))
    return [drop("It was permitted at the last probe, and is refused now.")];
  const [{ share: after }, { share: before }] = [now.populated, was.populated];
  const isKnown = after.of > 0 && before.of > 0;
  const fell =
    isKnown && after.high < before.low
      ? [
          drop(
            `It stood in ${percent(before)} of the records, and stands in ${percent(after)} now.`,
          ),
        ]
      : [];
  return [...fell, ...worseChecks(now, was)];
}

/** Kinds of wrong values that are more than they were. */
function worseChecks(now: ElementReport, was: ElementReport): readonly Finding[] {
  return now.good.checks.flatMap(({ what, share }) => {
    const before = was.good.checks.find((each) => each.what === what)?.share;
    if (before === undefined || before.of === 0 || share.low <= before.high) return [];
    return [drop(`Wrong values (${what}) were ${percent(before)}, and are ${percent(share)} now.`)];
  });
}

function drop(text: string): Finding {
  return {
    severity: "bad",
    code: "probe.dropped",
    text,
    hint: "Compare the releases of both reports, and ask the site what has changed.",
  };
}
