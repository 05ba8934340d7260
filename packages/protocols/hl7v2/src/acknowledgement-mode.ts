import type { Hl7Message } from "./message.ts";

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
 * Reads MSH-15 and MSH-16. What is empty beside the other one, or not in table 0155, is taken as
 * always for the accept level, so that no sender waits in vain, and as never for the application.
 *
 * @see HL7 v2.5.1, chapter 2.9.3
 */
export function acknowledgementMode({ header }: Hl7Message): AcknowledgementMode {
  const accept = header.field(15).text;
  const application = header.field(16).text;
  if (accept === undefined && application === undefined) {
    return { isEnhanced: false, accept: "NE", application: "AL" };
  }
  return {
    isEnhanced: true,
    accept: conditionOf(accept) ?? "AL",
    application: conditionOf(application) ?? "NE",
  };
}

/** Whether that condition asks for an answer to a message that was accepted or not. */
export function isAnswerDue(condition: AcknowledgementCondition, isAccepted: boolean): boolean {
  if (condition === "AL") return true;
  return condition === (isAccepted ? "SU" : "ER");
}

function conditionOf(text: string | undefined): AcknowledgementCondition | undefined {
  return conditions.find((condition) => condition === text);
}

const conditions: readonly AcknowledgementCondition[] = ["AL", "NE", "ER", "SU"];
