import type { Problem } from "@trestle/base";
import type { MappingSite } from "../mapping.ts";
import type { Hl7Version } from "./composed.ts";
import type { ResourceIndex } from "./resource-index.ts";
import { problems } from "./problems.ts";
import type { Node } from "./rows/node.ts";
import type { LocalCodes } from "./local-codes.ts";

/** One message while it is composed: what it is made of, and what there is to tell. */
export class Composing {
  readonly site: MappingSite;
  readonly version: Hl7Version;
  readonly resources: ResourceIndex;
  readonly codes: LocalCodes;
  readonly #problems = new Map<string, Problem>();
  readonly #warnings = new Map<string, Problem>();
  readonly #notes = new Map<string, Problem>();

  constructor(parts: {
    site: MappingSite;
    version: Hl7Version;
    resources: ResourceIndex;
    codes: LocalCodes;
  }) {
    this.site = parts.site;
    this.version = parts.version;
    this.resources = parts.resources;
    this.codes = parts.codes;
  }

  /** The message must not leave. */
  refuse(problem: Problem): void {
    this.#problems.set(keyOf(problem), problem);
  }

  warn(problem: Problem): void {
    this.#warnings.set(keyOf(problem), problem);
  }

  note(problem: Problem): void {
    this.#notes.set(keyOf(problem), problem);
  }

  /** Something is meant that is not here, and what the message is for would be without it. */
  missing(reference: Node): void {
    this.refuse(problems.resultNotHere(reference.path));
  }

  get problems(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  get warnings(): readonly Problem[] {
    return [...this.#warnings.values()];
  }

  get notes(): readonly Problem[] {
    return [...this.#notes.values()];
  }

  /** Version 2.5 or later, which brought CWE and XON.10. */
  get isModern(): boolean {
    return this.version.startsWith("2.5");
  }
}

/** The same about the same place counts once. */
function keyOf({ code, at, text }: Problem): string {
  return `${code} ${at ?? ""} ${text}`;
}
