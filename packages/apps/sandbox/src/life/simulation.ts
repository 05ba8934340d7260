import { type Random, seededRandom } from "@trestle/base";
import { between, happens, pick, pickWeighted } from "../draw.ts";
import { sandboxErrors } from "../errors.ts";
import type { Patient } from "../world/people.ts";
import { inventPopulation } from "../world/population.ts";
import type { Happening, Told } from "./happening.ts";
import type { Pathway, Step } from "./pathway.ts";
import { type Taking, takeStep } from "./steps.ts";
import { Timeline } from "./timeline.ts";
import { createWorld } from "./world.ts";

export interface SimulationOptions {
  readonly seed: number;
  readonly patients: number;
  /** Simulated milliseconds since 1970 UTC at which it begins. */
  readonly start: number;
  /** IANA name; appointments are at times at which a clinic there is open. */
  readonly timeZone: string;
  readonly pathways: readonly Pathway[];
}

/**
 * Lives of invented patients, without end, in the order in which things happen.
 *
 * The same options give the same lives. Everybody is registered first, some of them within the first
 * hour and the others over four days; then one pathway follows the other, with up to three days
 * between.
 *
 * @throws {TrestleError} `sandbox.nothingHappens` when the pathways lead to nothing for very long.
 */
export function* simulate(options: SimulationOptions): Generator<Told, never> {
  const random = seededRandom(options.seed);
  const population = inventPopulation(random, options.patients);
  const world = createWorld(random, population, options.timeZone);
  const timeline = new Timeline<Life>();
  for (const patient of world.population.patients) {
    const within = happens(random, 0.2) ? { most: 60 } : { most: 4 * 1440 };
    const at = options.start + drawMs(random, { least: 0, ...within });
    timeline.add(at, { patient, steps: [registration] });
  }
  let stepsInVain = 0;
  for (;;) {
    const { at, item: life } = timeline.next();
    const [step, ...rest] = life.steps;
    const happenings = step === undefined ? [] : take({ world, patient: life.patient, step, at });
    stepsInVain = happenings.length === 0 ? stepsInVain + 1 : 0;
    if (stepsInVain === maxStepsInVain) throw sandboxErrors.nothingHappens({ steps: stepsInVain });
    const user = pick(random, population.users);
    for (const happening of happenings) yield { at, patient: life.patient, user, happening };
    const steps = rest.length > 0 ? rest : choosePathway(random, options.pathways);
    const pause = rest.length > 0 ? 0 : drawMs(random, { least: 30, most: 3 * 1440 });
    timeline.add(timeOf(random, { ...life, steps }, at + pause), { ...life, steps });
  }
}

/** A patient and what is still to come of the present pathway. */
interface Life {
  readonly patient: Patient;
  readonly steps: readonly Step[];
}

function take(taking: Taking): readonly Happening[] {
  return happens(taking.world.random, taking.step.chance) ? takeStep(taking) : [];
}

function choosePathway(random: Random, pathways: readonly Pathway[]): readonly Step[] {
  const chosen = pickWeighted(random, pathways, ({ weight }) => weight);
  if (chosen === undefined) throw sandboxErrors.nothingHappens({ pathways: pathways.length });
  return chosen.steps.flatMap((step) => Array.from({ length: step.times }, () => step));
}

/** When the next step is taken. What an appointment is needed for waits for its time. */
function timeOf(random: Random, { patient, steps: [step] }: Life, at: number): number {
  if (step === undefined) return at;
  const { appointment } = patient;
  const isAwaited = step.do === "check in" || step.do === "no show";
  const from = isAwaited && appointment?.status === "Sch" ? Math.max(at, appointment.startsAt) : at;
  return from + drawMs(random, step.after);
}

/** To the second; from and to in minutes. */
function drawMs(random: Random, { least, most }: { least: number; most: number }): number {
  return between(random, least * 60, most * 60) * 1000;
}

const maxStepsInVain = 100_000;

const registration: Step = {
  do: "register",
  after: { least: 0, most: 0 },
  chance: 1,
  times: 1,
};
