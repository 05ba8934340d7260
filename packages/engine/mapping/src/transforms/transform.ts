import type { Bundle, FhirResource } from "@trestle/fhir";
import type { Hl7Message } from "@trestle/hl7v2";

/** What a transform may know beside what it changes. */
export interface TransformContext {
  readonly site: string;
  readonly channel: string;
  /** The one that came in. A `before` that edits it in place edits it for all that follow. */
  readonly message: Hl7Message;
  /** Adds a warning to the result. `text` and `at`, a field such as `PID-8`, hold no patient data. */
  readonly warn: (text: string, at?: string) => void;
}

/**
 * A step of an integration's own around the mapping, for what rows do not suffice for. Pure: the
 * same input gives the same result, since a message may be mapped more than once. Not `async`: what is
 * not there when a step returns fails the message.
 */
export interface Transform {
  /** The message to be mapped in place of this one. Nothing returned: this one. */
  readonly before?: (message: Hl7Message, context: TransformContext) => Hl7Message | undefined;
  /**
   * Gets a Bundle of its own, which it may change in place or replace. One without entries means
   * that nobody is owed a result.
   */
  readonly after?: (bundle: MappedBundle, context: TransformContext) => MappedBundle | undefined;
}

/** A Bundle in which `resourceType` tells the resources apart. */
export type MappedBundle = Bundle<FhirResource>;

/** A transform by the name of its file. */
export interface NamedTransform {
  readonly name: string;
  readonly transform: Transform;
}
