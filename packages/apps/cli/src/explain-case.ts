import type { ConfigProblem } from "@trestle/config";
import type { CaseResult } from "@trestle/integration/mapping";

/**
 * Says how a case came out otherwise than it expects, as a problem of its file. Values are shown, for
 * a case holds no real patient.
 */
export function explainCase(result: CaseResult): ConfigProblem {
  const { file, name, because } = result.case;
  return {
    file,
    line: 1,
    column: 1,
    code: "integration.caseDiffers",
    text: [`Case “${name}” comes out otherwise.`, ...linesOf(result)].join("\n    "),
    hint: [`It shows: ${because}`, ...whatToDo(result)].join(" "),
  };
}

/** `--accept` writes results. Messages and warnings are for a person to change. */
function whatToDo({ problem, differences, otherWarnings }: CaseResult): readonly string[] {
  if (problem !== undefined) return ["Correct the message, or what fails on it."];
  return [
    ...(differences.length > 0
      ? ["If the result of now is right, run `trestle check --accept`."]
      : []),
    ...(otherWarnings === undefined
      ? []
      : [
          `If the warnings are right, write \`warnings: [${otherWarnings.join(", ")}]\` into the case.`,
        ]),
  ];
}

function linesOf({
  problem,
  differences,
  otherWarnings,
  case: one,
}: CaseResult): readonly string[] {
  if (problem !== undefined) return [problem.text, problem.hint];
  const isNew = one.expected === undefined && differences.length > 0;
  const shown = (isNew ? [] : differences)
    .slice(0, mostShown)
    .map(
      ({ path, expected = "nothing", actual = "nothing" }) =>
        `${path}: ${actual}, expected ${expected}`,
    );
  const rest = isNew ? 0 : differences.length - shown.length;
  return [
    ...(isNew ? ["No expectation is written yet."] : []),
    ...shown,
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...(otherWarnings === undefined
      ? []
      : [`warnings: ${listOf(otherWarnings)}, expected ${listOf(one.warnings)}`]),
  ];
}

function listOf(codes: readonly string[]): string {
  return codes.length === 0 ? "none" : codes.join(" ");
}

const mostShown = 10;
