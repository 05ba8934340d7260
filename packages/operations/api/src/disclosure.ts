import { type Phi, reveal } from "@trestle/base";
import type { Dependencies } from "./dependencies.ts";
import type { Caller } from "./handler.ts";

/** Whether this request may see patient data; the only way in this package to open a guard. */
export interface Disclosure {
  readonly isRevealed: boolean;
  /** What may be shown of a guarded value: `open` of it where revealed, `masked` where not. */
  show<T, U>(guarded: Phi<T>, views: { open: (value: T) => U; masked: (value: T) => U }): U;
}

/** What somebody is about to see. */
export interface Look {
  /** The route's name. */
  readonly action: string;
  /** Our own ids, such as `message 12`. */
  readonly subjects: readonly string[];
}

/**
 * Decides whether patient data is shown, and keeps a record before it is.
 *
 * It is shown to who gives a purpose, and to everybody where the configuration does not mask. The
 * promise resolves after the record would survive a power cut.
 *
 * @throws {TrestleError} `sqlite.notStored` when there is no record: then nothing is shown.
 */
export async function disclose(
  caller: Caller,
  look: Look,
  { access, integration }: Pick<Dependencies, "access" | "integration">,
): Promise<Disclosure> {
  const { maskUntilPurpose } = integration().settings.privacy;
  // What the application is for is agreed with the hospital; a person says it each time.
  const isAsked = caller.person.role !== "application";
  if (isAsked && caller.purpose === undefined && maskUntilPurpose) return masked;
  if (look.subjects.length > 0) {
    await access.recordAccess({
      ...look,
      person: caller.person,
      purpose: caller.purpose ?? "",
      reason: "",
    });
  }
  return revealed;
}

const revealed: Disclosure = {
  isRevealed: true,
  show: (guarded, { open }) => open(reveal(guarded)),
};

const masked: Disclosure = {
  isRevealed: false,
  show: (guarded, { masked }) => masked(reveal(guarded)),
};
