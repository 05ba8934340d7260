import { between, happens, pick } from "../draw.ts";
import { ailments, concerns } from "../world/conditions.ts";
import type { Background, HealthConcern, Problem } from "./chart.ts";
import { type Invention, dayMs, daysAgo } from "./invention.ts";

/** Problems and health concerns: chronic illnesses, and one that is over. */
export function inventConditions(invention: Invention): Pick<Background, "problems" | "concerns"> {
  const { random } = invention;
  const chronic = ailments.filter(({ isChronic }) => isChronic && happens(random, 0.35));
  const passed = ailments.filter(({ isChronic }) => !isChronic && happens(random, 0.15));
  const problems = [...chronic, ...passed].map((ailment, number) =>
    inventProblem(invention, { ailment, number }),
  );
  return {
    problems: problems.toSorted((one, other) => one.recordedAt - other.recordedAt),
    concerns: happens(random, 0.3) ? [inventConcern(invention)] : [],
  };
}

function inventProblem(
  invention: Invention,
  { ailment, number }: Pick<Problem, "ailment" | "number">,
): Problem {
  const { random, person } = invention;
  const recordedAt = daysAgo(invention, { least: 400, most: 3000 });
  return {
    number,
    ailment,
    onsetAt: recordedAt - between(random, 0, 300) * dayMs,
    recordedAt,
    resolvedAt: ailment.isChronic ? undefined : recordedAt + between(random, 10, 200) * dayMs,
    recorder: person.primaryCare,
    isOutside: happens(random, 0.08),
  };
}

function inventConcern(invention: Invention): HealthConcern {
  return {
    number: 0,
    concern: pick(invention.random, concerns),
    recordedAt: daysAgo(invention, { least: 20, most: 700 }),
    recorder: invention.person.primaryCare,
  };
}
