import { type Problem, phi, reveal } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import type { Hl7Message } from "@trestle/hl7v2";
import { mappingErrors } from "../errors.ts";
import type { Mapped, Mapper } from "../mapping.ts";
import { detached } from "../memory.ts";
import { sourcesAfter } from "./sources-after.ts";
import { type StepResult, bundleFrom, messageFrom } from "./step-result.ts";
import type { MappedBundle, NamedTransform, TransformContext } from "./transform.ts";

/**
 * A mapper with an integration's own transforms around it: each `before` in the order given, the
 * mapping, each `after` in that order.
 *
 * @throws {TrestleError} on `map` and `explain`: `mapping.transformFailed` with the transform's name
 * and the kind of its error, or what it returned in place of what a step may return. The error's
 * text may quote the message and is left out.
 */
export function transformedMapper(
  mapper: Mapper,
  { channel, transforms }: { channel: string; transforms: readonly NamedTransform[] },
): Mapper {
  if (transforms.length === 0) return mapper;
  return {
    map(message, site) {
      const run = new Run(transforms, { channel, site: site.id, message });
      return run.finish(mapper.map(run.before(message), site));
    },
    explain(message, site) {
      const run = new Run(transforms, { channel, site: site.id, message });
      const explained = mapper.explain(run.before(message), site);
      const mapped = run.finish(explained);
      const [one, other] = [explained, mapped].map(({ bundle }) => reveal(bundle));
      return { ...mapped, sources: sourcesAfter(explained.sources, { one, other, transforms }) };
    },
  };
}

/** All transforms on one message. */
class Run {
  readonly #transforms: readonly NamedTransform[];
  readonly #about: Omit<TransformContext, "warn">;
  readonly #warnings: Problem[] = [];

  constructor(transforms: readonly NamedTransform[], about: Omit<TransformContext, "warn">) {
    this.#transforms = transforms;
    this.#about = about;
  }

  before(message: Hl7Message): Hl7Message {
    return this.#transforms.reduce(
      (before, named) =>
        this.#call(named, (context) =>
          messageFrom(named.transform.before?.(before, context), before),
        ),
      message,
    );
  }

  finish(mapped: Mapped): Mapped {
    const bundle = this.#after(mapped);
    const warnings = [...mapped.warnings, ...this.#warnings];
    return { ...mapped, outcome: outcomeOf(bundle, warnings), bundle: phi(bundle), warnings };
  }

  #after(mapped: Mapped): MappedBundle {
    const changing = this.#transforms.filter(({ transform }) => transform.after !== undefined);
    const bundle = reveal(mapped.bundle) as MappedBundle;
    if (changing.length === 0) return bundle;
    return changing.reduce(
      (before, named) =>
        this.#call(named, (context) =>
          bundleFrom(named.transform.after?.(before, context), before),
        ),
      // What recurs is shared between the results of many messages.
      detached(bundle),
    );
  }

  #call<T>(named: NamedTransform, work: (context: TransformContext) => StepResult<T>): T {
    const result = this.#try(named, work);
    if (result.ok) return result.value;
    throw mappingErrors.transformFailed({ transform: named.name, kind: result.came });
  }

  #try<T>(
    { name }: NamedTransform,
    work: (context: TransformContext) => StepResult<T>,
  ): StepResult<T> {
    const warn = (text: string, at?: string) => this.#warnings.push(warningOf({ name, text, at }));
    try {
      return work({ ...this.#about, warn });
    } catch (error) {
      return { ok: false, came: error instanceof Error ? error.name : "unknown" };
    }
  }
}

function outcomeOf({ entry = [] }: Bundle, warnings: readonly Problem[]): Mapped["outcome"] {
  if (entry.length === 0) return "notMapped";
  return warnings.length === 0 ? "mapped" : "mappedWithWarnings";
}

function warningOf(given: { name: string; text: string; at: string | undefined }): Problem {
  const { name, text, at } = given;
  return {
    code: "mapping.transform",
    text,
    hint: `Said by transforms/${name}.ts of the integration folder.`,
    ...(at !== undefined && { at }),
  };
}
