import type { SiteProfile } from "@trestle/hl7v2/validate";
import type { Phi, Problem, Result } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import type { MappingSite } from "../mapping.ts";
import type { MessageKind } from "./kinds.ts";

/** Who a message is from and for. Application and facility go to MSH-3 to MSH-6. */
export interface Party {
  readonly application: string;
  readonly facility: string;
}

/** What a header says that no resource knows; the caller's clock and numbers, so that the same request gives the same message. */
export interface MessageHeader {
  readonly sender: Party;
  readonly receiver: Party;
  /** A FHIR instant, such as `2026-01-15T15:00:00-06:00`; MSH-7 has it on the site's clock. */
  readonly at: string;
  /** MSH-10, by which the acknowledgement names the message; many receivers take 20 characters. */
  readonly controlId: string;
  /** MSH-11: production, test or debugging. */
  readonly mode: "P" | "T" | "D";
  /** MSH-12; 2.5.1 where left out. */
  readonly version?: Hl7Version;
  /** MSH-8: the login of the person behind the message. */
  readonly user?: string;
}

export type Hl7Version = "2.3" | "2.3.1" | "2.4" | "2.5" | "2.5.1";

/** What happened to the thing before; its status alone does not say that it was moved or edited. */
export type Change = "new" | "rescheduled" | "modified" | "cancelled";

/** All that a message is made of. */
export interface ComposeRequest {
  /** `ORU^R01`; a family such as `SIU` takes the event that status and change ask for. */
  readonly kind: MessageKind;
  readonly change?: Change;
  /** Resources of one patient. Of any type of bundle only the resources count. */
  readonly bundle: Bundle;
  readonly site: MappingSite;
  /** What the site has otherwise than the standard, which the message is held against. */
  readonly profile?: SiteProfile | undefined;
  readonly header: MessageHeader;
}

/** A message that may leave. */
export interface Composed {
  /** Segments end in CR. */
  readonly text: Phi<string>;
  /** With its event, such as `SIU^S13`. */
  readonly kind: string;
  /** What was changed or left out on the way and needs a look. No patient data. */
  readonly warnings: readonly Problem[];
  /** Choices that are worth knowing, such as the first of several local codes. No patient data. */
  readonly notes: readonly Problem[];
  /** Elements of the bundle that no row carries, as paths; outermost where all inside is left out. */
  readonly leftOut: readonly string[];
}

/** Where one value of a message came from. */
export interface FieldSource {
  /** `PID-5.1`, `OBX[2]-5`. */
  readonly field: string;
  /** `entry[0].resource.name[0].family`, or `header.controlId`; absent for a constant. */
  readonly path?: string;
  /** The code table and its row, `gender: F`, where one decided. */
  readonly row?: string;
  /** The rule in words where neither says enough, such as `constant` or `counted`. */
  readonly rule?: string;
}

/** A message with the source of each value. */
export interface ComposedExplained extends Composed {
  /** One for each value, in the order of the message. */
  readonly sources: readonly FieldSource[];
}

/** FHIR R4 to HL7 v2: pure, the same message for the same request. */
export interface Composer {
  /** A message, or everything that keeps it from leaving. Never throws for what a bundle holds. */
  compose(request: ComposeRequest): Result<Composed, readonly Problem[]>;
  /** As `compose`, with the sources. */
  explain(request: ComposeRequest): Result<ComposedExplained, readonly Problem[]>;
}

/** Limits of a composer; what is beyond one is a problem. */
export interface ComposerLimits {
  /** Characters in one text, after escaping; 65 536 where left out. */
  readonly maxTextCharacters?: number;
  /** Characters of Base64 in one OBX-5; 16 777 216 where left out, which is a document of 12 MiB. */
  readonly maxContentCharacters?: number;
  /** Segments in a message; 10 000 where left out. */
  readonly maxSegments?: number;
}
