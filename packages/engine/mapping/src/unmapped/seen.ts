import {
  type Component,
  type Hl7Message,
  type MessageLimits,
  type Repetition,
  fieldLabel,
  parseMessage,
} from "@trestle/hl7v2";
import type { Mapper, SiteToMap } from "../mapping.ts";
import { siteOfMessage } from "../site-of-message.ts";
import { codesIn, isSameResult, keyOf, lookedUpIn, sourcesIn, withoutIds } from "./explained.ts";
import type { NotMapped } from "./not-mapped.ts";
import { SaidOfThings, madeIn } from "./same-thing.ts";
import { type Warned, isWarnedOf, warnedIn } from "./warned.ts";
import { without } from "./without.ts";

/** What a message is mapped with, and what is not missed; the product's own lines where left out. */
export interface HowMapped {
  readonly mapper: Mapper;
  readonly site: SiteToMap;
  readonly declared?: readonly NotMapped[];
  /** Those that the message was parsed under; the parser's where left out. */
  readonly limits?: MessageLimits | undefined;
  /** How often the message is mapped anew before nothing further is looked at; 2 000 where left out. */
  readonly maxMappings?: number | undefined;
  /** When nothing further is looked at, in milliseconds of `performance.now()`; never where left out. */
  readonly until?: number | undefined;
}

/** What of a message was seen in its result. */
export class Seen {
  readonly #message: Hl7Message;
  readonly #mapper: Mapper;
  readonly #site: SiteToMap;
  readonly #limits: MessageLimits | undefined;
  readonly #sources: ReadonlySet<string>;
  /** Places and what of them a row of a code table was found by, such as `PID-3 TH`. */
  readonly #lookedUp: ReadonlySet<string>;
  /** The same with the code that the row gives, such as `PID-10 white 2106-3`. */
  readonly #codes: ReadonlySet<string>;
  readonly #result: readonly string[];
  readonly #warned: Warned;
  readonly #said: SaidOfThings;
  #mappings = 0;

  constructor(message: Hl7Message, { mapper, site, limits }: HowMapped) {
    this.#message = message;
    this.#mapper = mapper;
    this.#site = site;
    this.#limits = limits;
    const explained = mapper.explain(message, site);
    this.#sources = sourcesIn(explained);
    this.#lookedUp = lookedUpIn(explained);
    this.#codes = codesIn(explained, siteOfMessage(message, site).tables);
    this.#result = [...withoutIds(explained)];
    this.#warned = warnedIn(explained, message, site.maps?.segments);
    this.#said = new SaidOfThings(message, madeIn(explained));
  }

  /** How often the message was mapped anew so far. */
  get mappings(): number {
    return this.#mappings;
  }

  has(component: Component, line: number): boolean {
    const { at, repetition, raw } = component;
    if (this.#sources.has(at) || this.#lookedUp.has(keyOf(repetition.at, raw))) return true;
    if (isWarnedOf(component, this.#warned)) return true;
    const isAll = this.#sources.has(repetition.at) && saysAll(component);
    if (isAll || this.#isWhatWordsMean(component)) return true;
    return this.#isMissed(component, line) || this.#isExplained(component, line);
  }

  /** A code that was found in a table by its words, and is the code that the table gives for them. */
  #isWhatWordsMean({ number, repetition, raw }: Component): boolean {
    if (number !== 1 || !isCoded(repetition)) return false;
    return this.#codes.has(`${keyOf(repetition.at, repetition.component(2).raw)} ${raw}`);
  }

  /** The words or the system of a code that decided, and was not written itself. */
  #isExplained({ number, repetition }: Component, line: number): boolean {
    if (number < 2 || number > 3 || !isCoded(repetition)) return false;
    const code = repetition.component(1);
    if (code.raw === "" || this.#sources.has(code.at)) return false;
    const isFound = this.#lookedUp.has(keyOf(repetition.at, code.raw));
    return isFound || this.#isMissed(code, line);
  }

  /** Of components of one repetition those that would say nothing if they stood there alone. */
  withoutEffect(doubtful: readonly Component[], line: number): readonly Component[] {
    const bare = [...this.#resultWithout(doubtful, line)];
    if (isSameResult(bare, this.#result)) return doubtful;
    return doubtful.filter((component) => {
      const others = doubtful.filter((each) => each !== component);
      return isSameResult(this.#resultWithout(others, line), bare);
    });
  }

  /** An earlier segment said it of the same thing. */
  isSaidOfSameThing(repetition: Repetition): boolean {
    return this.#said.isSaidBefore(repetition);
  }

  #isMissed(component: Component, line: number): boolean {
    return !isSameResult(this.#resultWithout([component], line), this.#result);
  }

  /** Nothing where the rest is no message. */
  #resultWithout(components: readonly Component[], line: number): Iterable<string> {
    const lines = this.#message.segments.map(({ raw }) => raw);
    const parsed = parseMessage(
      `${lines.with(line, without(components)).join("\r")}\r`,
      this.#limits,
    );
    this.#mappings += 1;
    return parsed.ok ? withoutIds(this.#mapper.map(parsed.value, this.#site)) : [];
  }
}

function isCoded({ field }: Repetition): boolean {
  const type = fieldLabel(field.segment.name, field.number)?.type ?? "";
  return ["CE", "CF", "CNE", "CWE"].includes(type);
}

/** Nothing but separators stands beside it. */
function saysAll({ repetition, raw }: Component): boolean {
  const { component: separator } = repetition.field.segment.separators;
  return repetition.raw.replaceAll(separator, "") === raw;
}
