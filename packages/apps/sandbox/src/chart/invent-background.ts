import { seededRandom } from "@trestle/base";
import { between, happens } from "../draw.ts";
import type { Background, Person } from "./chart.ts";
import type { Invention } from "./invention.ts";
import { inventConditions } from "./invent-conditions.ts";
import { inventMeasures } from "./invent-measures.ts";
import { inventPersonal } from "./invent-personal.ts";
import { inventTreatments } from "./invent-treatments.ts";
import { bookedAs, inventVisits } from "./invent-visits.ts";

/**
 * Invents the years of a patient before the simulation begins. The same seed and patient give the
 * same chart, so it need not be kept.
 *
 * @param given `index` counts the patients from 0; `start` is the simulated time of the beginning.
 */
export function inventBackground(given: {
  readonly person: Person;
  readonly seed: number;
  readonly index: number;
  readonly start: number;
}): Background {
  const { person, seed, index, start } = given;
  // Odd multipliers keep neighbours apart; another stream than the simulation draws from.
  const random = seededRandom(
    (Math.imul(index + 1, 0x9e_37_79_b1) ^ Math.imul(seed, 0x85_eb_ca_6b)) >>> 0,
  );
  const invention: Invention = { random, person, index, start };
  const conditions = inventConditions(invention);
  const visits = inventVisits(invention, conditions.problems, visitCount(invention));
  return {
    ...conditions,
    visits,
    appointments: visits.flatMap(bookedAs),
    ...inventMeasures(invention, visits),
    ...inventTreatments(invention, { problems: conditions.problems, visits }),
    ...inventPersonal(invention, visits),
  };
}

/** One chart in two hundred is a thick one, as of somebody who comes every week. */
function visitCount({ random, index }: Invention): number {
  const usual = between(random, 3, 8);
  return index % 200 === 7 || happens(random, 0.002) ? 160 : usual;
}
