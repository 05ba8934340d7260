/**
 * When a sender wants to be answered: always, never, only of failure, only of success.
 *
 * @see HL7 table 0155
 */
export type AcknowledgementCondition = "AL" | "NE" | "ER" | "SU";

/** Which answers a message asks for. */
export interface AcknowledgementMode {
  /** Enhanced where MSH-15 or MSH-16 says anything. */
  readonly isEnhanced: boolean;
  /** From whoever takes the message in: CA, CE, CR. NE in original mode. */
  readonly accept: AcknowledgementCondition;
  /** From the application: AA, AE, AR. AL in original mode. */
  readonly application: AcknowledgementCondition;
}

/**
 * Says what MSH-15 and MSH-16 ask for, as they stand in the message. Without both, or with nulls, it
 * is original mode, which is also the answer to bytes that cannot be read; where only one is given,
 * the other is not wanted. A word that table 0155 does not have is taken for a wish: too many answers
 * lose nothing.
 *
 * @see HL7 v2.8, chapter 2.9.2 (original mode) and 2.9.3 (enhanced mode)
 */
export function acknowledgementMode(types: {
  readonly accept: string;
  readonly application: string;
}): AcknowledgementMode {
  const accept = conditionOf(types.accept);
  const application = conditionOf(types.application);
  if (accept === undefined && application === undefined) {
    return { isEnhanced: false, accept: "NE", application: "AL" };
  }
  return { isEnhanced: true, accept: accept ?? "NE", application: application ?? "NE" };
}

/** Whether that condition asks for an answer to a message that was accepted or not. */
export function isAnswerDue(condition: AcknowledgementCondition, isAccepted: boolean): boolean {
  if (condition === "AL") return true;
  return condition === (isAccepted ? "SU" : "ER");
}

function conditionOf(text: string): AcknowledgementCondition | undefined {
  if (text === "" || text === nothing) return undefined;
  return conditions.find((condition) => condition === text) ?? "AL";
}

const conditions: readonly AcknowledgementCondition[] = ["AL", "NE", "ER", "SU"];

/** The HL7 null. */
const nothing = '""';
