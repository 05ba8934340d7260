import type { Problem } from "@trestle/base";
import type { Acknowledgement } from "@trestle/hl7v2";

/** Why a message is not taken, and how its sender is told. */
export interface Refusal {
  readonly code: "AE" | "AR";
  readonly problem: Problem;
  readonly reason: NonNullable<Acknowledgement["reason"]>;
}

/**
 * How a refusal is said where a commit answer is wanted. CR is for what the header says the message
 * is: type, event, processing id, version. Everything else is CE, a wrong sequence number too.
 *
 * @see HL7 v2.5.1, chapter 2.9.3.2
 */
export function commitCodeOf({ reason }: Refusal): "CE" | "CR" {
  return unsupported.has(reason.errorCode) ? "CR" : "CE";
}

/**
 * AE for content that cannot be read, AR for a message that is not meant for here: MSH-9, MSH-11 or
 * MSH-12 not supported, or a sender that is not known.
 *
 * @see HL7 v2.5.1, chapter 2.9.2.2 and table 0357
 */
export function refusalOf(problem: Problem): Refusal {
  const condition = conditions[problem.code] ?? contentError;
  return refusal(condition, problem);
}

/** AR: nothing is wrong with the message; it will be taken once there is room. */
export function storageRefusal(problem: Problem): Refusal {
  return refusal(
    { code: "AR", errorCode: "207", errorText: "Application internal error" },
    problem,
  );
}

interface Condition {
  readonly code: "AE" | "AR";
  readonly errorCode: string;
  readonly errorText: string;
}

function refusal(condition: Condition, problem: Problem): Refusal {
  const { code, errorCode, errorText } = condition;
  return {
    code,
    problem,
    reason: {
      errorCode,
      errorText,
      text: problem.text,
      ...(problem.at === undefined ? {} : { at: problem.at }),
    },
  };
}

const contentError: Condition = {
  code: "AE",
  errorCode: "102",
  errorText: "Data type error",
};

/** HL7 table 0357: type, event code, processing id and version that are not supported. */
const unsupported: ReadonlySet<string> = new Set(["200", "201", "202", "203"]);

const conditions: Readonly<Record<string, Condition>> = {
  "hl7v2.noHeader": { code: "AE", errorCode: "100", errorText: "Segment sequence error" },
  "hl7v2.severalHeaders": { code: "AE", errorCode: "100", errorText: "Segment sequence error" },
  "hl7v2.notASegment": { code: "AE", errorCode: "100", errorText: "Segment sequence error" },
  "integration.typeNotTaken": {
    code: "AR",
    errorCode: "200",
    errorText: "Unsupported message type",
  },
  // Nothing is wrong with it, and it will be taken once somebody approved.
  "integration.notApproved": {
    code: "AR",
    errorCode: "207",
    errorText: "Application internal error",
  },
  "integration.senderNotKnown": {
    code: "AR",
    errorCode: "204",
    errorText: "Unknown key identifier",
  },
  "channels.notMapped": {
    code: "AE",
    errorCode: "200",
    errorText: "Unsupported message type",
  },
  "channels.notProcessed": {
    code: "AE",
    errorCode: "207",
    errorText: "Application internal error",
  },
  "channels.notProcessedInTime": {
    code: "AR",
    errorCode: "207",
    errorText: "Application internal error",
  },
  "channels.sequenceMismatch": {
    code: "AR",
    errorCode: "102",
    errorText: "Data type error",
  },
  "channels.tooManyLinks": {
    code: "AR",
    errorCode: "207",
    errorText: "Application internal error",
  },
  "mllp.frameTooLarge": {
    code: "AR",
    errorCode: "207",
    errorText: "Application internal error",
  },
};
