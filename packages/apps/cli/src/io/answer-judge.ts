import type { AnswerName, Answers } from "@trestle/integration";
import { z } from "zod";
import type { Typed } from "../init-questions.ts";
import { kebab } from "../options.ts";
import { onDemand } from "./on-demand.ts";

/** Judges answers as the files would be judged into which they go. */
export interface AnswerJudge {
  /** Dialects that this hub speaks. */
  readonly dialects: readonly string[];
  /** What is wrong with an answer, by the option that gives it; undefined where it will do. */
  readonly problemWith: (name: AnswerName, answer: string) => string | undefined;
  /** Answers that were all judged, as values. */
  readonly read: (typed: Typed) => Answers;
}

export async function answerJudge(): Promise<AnswerJudge> {
  const [{ answersSchema }, { checkValue }, { dialectNames }] = await Promise.all([
    onDemand.integration(),
    onDemand.config(),
    onDemand.hub(),
  ]);
  const dialects = dialectNames();
  // A folder may name a dialect of another version; a new one names what runs here.
  const dialect = z.enum(dialects).describe("Whose FHIR server it is.");
  const shape = { ...answersSchema.shape, dialect };
  return {
    dialects,
    problemWith(name, answer) {
      const option = `--${kebab(name)}`;
      const read = checkValue(z.strictObject({ [option]: shape[name] }), { [option]: answer });
      if (read.ok) return undefined;
      return read.problems.map(({ text, hint }) => `${text} ${hint}`).join("\n");
    },
    read: (typed) => answersSchema.parse(typed),
  };
}
