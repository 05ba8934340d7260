import type { AnswerName } from "@trestle/integration";
import type { Question, Typed } from "./init-questions.ts";

/** Where answers come from, and who judges them. */
export interface Answering {
  /** One answer, blanks around it aside; empty for what is proposed. */
  readonly ask: (question: Question, proposal: string) => Promise<string>;
  /** What is wrong with an answer; undefined where it will do. */
  readonly problemWith: (name: AnswerName, answer: string) => string | undefined;
  /** Called with what was wrong, before the question is asked again. */
  readonly refuse: (problem: string, question: Question) => void;
}

/** Asks for everything that is not given, each until the answer will do. */
export async function gatherAnswers(
  questions: readonly Question[],
  given: Typed,
  answering: Answering,
): Promise<Typed> {
  const typed: { [Name in AnswerName]?: string } = { ...given };
  for (const question of questions) {
    const { name, isAsked } = question;
    if (typed[name] !== undefined || isAsked?.(typed) === false) continue;
    const answer = await goodAnswer(question, typed, answering);
    if (answer !== undefined) typed[name] = answer;
  }
  return typed;
}

async function goodAnswer(
  question: Question,
  typed: Typed,
  { ask, problemWith, refuse }: Answering,
): Promise<string | undefined> {
  const proposal = question.propose(typed);
  for (;;) {
    const answer = (await ask(question, proposal)) || proposal;
    if (answer === "" && question.isOptional === true) return undefined;
    const problem = problemWith(question.name, answer);
    if (problem === undefined) return answer;
    refuse(problem, question);
  }
}
