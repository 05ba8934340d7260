import {
  type Installation,
  type IssueFacts,
  type OutcomeCodeName,
  type OutcomeIssue,
  operationOutcome,
  outcomeCodes,
  outcomeIssue,
  systemAt,
} from "@trestle/epic";
import { type Answer, Refused } from "./exchange.ts";

/** Makes the issues of one site, under its own system of codes. */
export class Outcomes {
  readonly #system: string;

  constructor(site: Installation) {
    this.#system = systemAt(site, "outcomeCode");
  }

  issue(code: OutcomeCodeName, facts?: IssueFacts): OutcomeIssue {
    return outcomeIssue(this.#system, code, facts);
  }

  /** An answer of one issue, with the status that its code decides. */
  answer(code: OutcomeCodeName, facts?: IssueFacts): Answer {
    return outcomeAnswer([this.issue(code, facts)], outcomeCodes[code].status);
  }

  /** As `answer`, to be thrown; issues that only inform stand before the one that decides. */
  refusal(
    code: OutcomeCodeName,
    facts?: IssueFacts,
    before: readonly OutcomeIssue[] = [],
  ): Refused {
    const issues = [...before, this.issue(code, facts)];
    return new Refused(outcomeAnswer(issues, outcomeCodes[code].status));
  }
}

function outcomeAnswer(issues: readonly OutcomeIssue[], status: number): Answer {
  return { status, body: { resource: operationOutcome(issues) } };
}
