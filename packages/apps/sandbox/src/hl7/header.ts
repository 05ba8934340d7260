import type { Told } from "../life/happening.ts";
import type { Sender } from "./sender.ts";
import { segment } from "./write.ts";

/** What differs between the headers of message families. */
export interface Header {
  readonly family: string;
  readonly event: string;
  /** MSH-9.3, where the interface sends it and the version has it. */
  readonly structure?: string;
  /** Where the site has not one for all. */
  readonly version: string;
  /** MSH-3, where it is not plainly `EPIC`. */
  readonly application?: string;
}

export function header(told: Told, head: Header & { controlId: string }, sender: Sender): string {
  const { family, event } = head;
  const version = sender.feed.version ?? head.version;
  // HL7 v2.3.1 brought the third part of MSH-9.
  const structure = version === "2.3" ? undefined : head.structure;
  return segment("MSH", {
    2: "^~\\&",
    3: head.application ?? "EPIC",
    4: sender.facility,
    5: "TRESTLE",
    6: "TRESTLE",
    7: sender.time(told.at),
    8: told.user.login,
    9: structure === undefined ? `${family}^${event}` : `${family}^${event}^${structure}`,
    10: head.controlId,
    11: "T",
    12: version,
    18: sender.feed.characterSet,
  });
}
