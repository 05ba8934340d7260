import { type Random, seededRandom } from "@trestle/base";
import { between, happens, pick, pickWeighted } from "../draw.ts";
import type { Patient } from "../world/people.ts";
import { inventPopulation } from "../world/population.ts";
import type { Told } from "./happening.ts";
import type { Pathway, Step } from "./pathway.ts";
import { type Taking, takeStep } from "./steps.ts";
import { Timeline } from "./timeline.ts";
import { type World, createWorld } from "./world.ts";

export interface SimulationOptions {
  readonly seed: number;
  readonly patients: number;
  /** Simulated milliseconds since 1970 UTC at which it begins. */
  readonly start: number;
  readonly pathways: readonly Pathway[];
}

/**
 * Lives of invented patients, without end, in the order in which things happen.
 *
 * The same options give the same lives. Everybody is registered first, some of them at once and the
 * others on the way; then one pathway follows the other, with days between.
 *
 * @throws {RangeError} when no pathway can be chosen.
 */
export function* simulate(options: SimulationOptions): Generator<Told, never> {
  const random = seededRandom(options.seed);
  const world = createWorld(random, inventPopulation(random, options.patients));
  const timeline = new Timeline<Life>();
  for (const patient of world.population.patients) {
    const life = { patient, steps: [registration] };
    timeline.add(options.start + between(random, 0, 90) * minuteMs, life);
  }
  for (;;) {
    const { at, item: life } = timeline.next();
    const [step, ...rest] = life.steps;
    if (step !== undefined) yield* tell(world, { world, patient: life.patient, step, at });
    const steps = rest.length > 0 ? rest : choosePathway(random, options.pathways);
    const pause = rest.length > 0 ? 0 : between(random, 30, 3 * 1440);
    timeline.add(at + (pause + waitOf(random, steps[0])) * minuteMs, { ...life, steps });
  }
}

/** A patient and what is still to come of the present pathway. */
interface Life {
  readonly patient: Patient;
  readonly steps: readonly Step[];
}

/** Happenings of one step are a second apart, as a system sends them. */
function* tell(world: World, taking: Taking): Generator<Told> {
  if (!happens(world.random, taking.step.chance)) return;
  const user = pick(world.random, world.population.users);
  for (const [index, happening] of takeStep(taking).entries()) {
    yield { at: taking.at + index * 1000, patient: taking.patient, user, happening };
  }
}

function choosePathway(random: Random, pathways: readonly Pathway[]): readonly Step[] {
  const chosen = pickWeighted(random, pathways, ({ weight }) => weight);
  if (chosen === undefined) throw new RangeError("there is no pathway with a weight above 0");
  return chosen.steps.flatMap((step) => Array.from({ length: step.times }, () => step));
}

function waitOf(random: Random, step: Step | undefined): number {
  return step === undefined ? 0 : between(random, step.after.least, step.after.most);
}

const minuteMs = 60_000;

const registration: Step = {
  do: "register",
  after: { least: 0, most: 0 },
  chance: 1,
  times: 1,
};
