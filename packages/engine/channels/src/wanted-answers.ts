import type { Hl7Message } from "@trestle/hl7v2";

/** When one kind of answer is wanted: HL7 table 0155. */
type Wanted = "always" | "never" | "onError" | "onSuccess";

/** Which answers a message asks for. */
export interface WantedAnswers {
  /** Original mode has one answer, of the application. */
  readonly mode: "original" | "enhanced";
  /** Whether a commit answer is wanted: CA, CE or CR. */
  readonly commit: Wanted;
  /** Whether an application answer is wanted: AA, AE or AR. */
  readonly application: Wanted;
}

/**
 * Reads MSH-15 and MSH-16. Without both it is original mode, which is also the answer to bytes that
 * cannot be read; with one of them, the other one is not wanted.
 *
 * @see HL7 v2.5.1, chapter 2.9.2, 2.9.3, 2.15.9.15 and table 0155
 */
export function wantedAnswers(message: Hl7Message | undefined): WantedAnswers {
  const commit = message?.header.field(15).raw ?? "";
  const application = message?.header.field(16).raw ?? "";
  if (commit === "" && application === "") return originalMode;
  return { mode: "enhanced", commit: wantedBy(commit), application: wantedBy(application) };
}

/** Whether an answer that says yes, or no, is to be sent. */
export function isWanted(wanted: Wanted, says: "yes" | "no"): boolean {
  if (wanted === "always") return true;
  return wanted === (says === "yes" ? "onSuccess" : "onError");
}

/** A word that the table does not have is taken for a wish: too many answers lose nothing. */
function wantedBy(value: string): Wanted {
  if (value === "" || value === "NE") return "never";
  if (value === "ER") return "onError";
  return value === "SU" ? "onSuccess" : "always";
}

const originalMode: WantedAnswers = {
  mode: "original",
  commit: "never",
  application: "always",
};
