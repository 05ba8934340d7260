import { basename, resolve } from "node:path";
import type { AnswerName, Answers } from "@trestle/integration";
import { z } from "zod";
import { UsageError, defineCommand } from "../command.ts";
import { seeHelp } from "../explain-issues.ts";
import { type Answering, gatherAnswers } from "../gather-answers.ts";
import { type Question, type Typed, initQuestions } from "../init-questions.ts";
import { answerJudge } from "../io/answer-judge.ts";
import { onDemand } from "../io/on-demand.ts";
import { type QuestionLines, openQuestionLines } from "../io/question-lines.ts";
import { refuseUsedFolder, writeNewFolder } from "../io/write-new-folder.ts";
import { nextSteps } from "../next-steps.ts";
import { port } from "../option-types.ts";
import { kebab } from "../options.ts";
import { type Out, counted } from "../out.ts";

export const init = defineCommand({
  name: "init",
  summary:
    "Make a new integration folder: asks for what no option says. It passes check, and the hub runs on it.",
  exits1: "when the folder cannot be written; nothing is left there then",
  json: "for each file that was written: file.",
  operands: [{ name: "dir", description: "The folder, which must be new or empty." }],
  options: z.strictObject({
    dir: z.string({ error: "name the folder to make." }),
    title: text("TEXT", "The name of your application."),
    webhook: text("URL", "Where results are sent."),
    siteTitle: text("TEXT", "The hospital's name."),
    site: text("NAME", "A short name for it, in small letters, digits and hyphens."),
    timeZone: text("ZONE", "The hospital's time zone, such as America/Chicago."),
    listenerPort: port.optional().meta({
      value: "PORT",
      description: "The port on which its messages come in over MLLP; 0 picks a free one.",
    }),
    httpPort: port.optional().meta({
      value: "PORT",
      description: "The port of console and API; 0 picks a free one.",
    }),
    fhirBase: text("URL", "The address of its FHIR R4 server, where there is one."),
    dialect: text("NAME", "Whose FHIR server it is; standard if none is known."),
    clientId: text("ID", "The id that the hospital gave your application at its FHIR server."),
    yes: z
      .boolean()
      .default(false)
      .describe("Ask nothing, and take what would be proposed for what is not said."),
  }),
  examples: [
    "trestle init my-integration",
    'trestle init my-integration --title "Discharge planner" --site-title "Harbor Health" --time-zone America/Chicago --yes',
  ],
  async run({ dir, yes, ...options }, { out, signal }) {
    await refuseUsedFolder(dir);
    const given = typedOf(options);
    const judge = await answerJudge();
    refuseGiven(given, judge);
    const questions = initQuestions({
      folderName: basename(resolve(dir)),
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      dialects: judge.dialects,
    });
    const answering = { ...judge, ...(yes ? proposals : asking(openQuestionLines(signal), out)) };
    const typed = await gatherAnswers(questions, given, answering).finally(answering.close);
    return make(dir, judge.read(typed), out);
  },
});

function text(value: string, description: string) {
  return z.string().optional().meta({ value, description });
}

async function make(dir: string, answers: Answers, out: Out): Promise<0> {
  const { newFolder } = await onDemand.integration();
  const files = newFolder(answers);
  const problems = await writeNewFolder(dir, files);
  if (problems.length > 0) {
    const { printProblems } = await onDemand.config();
    throw new UsageError(`Nothing was written.\n${printProblems(problems)}`);
  }
  for (const file of files.keys()) out.row({ file }, file);
  out.note(`Made ${dir}: ${counted(files.size, "file")}, no problems.`);
  for (const line of nextSteps(dir, answers)) out.note(line);
  return 0;
}

function typedOf(options: { readonly [Name in AnswerName]?: string | number | undefined }): Typed {
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
}

/** Options are judged together and before anything is asked. */
function refuseGiven(given: Typed, { problemWith }: Pick<Answering, "problemWith">): void {
  const problems = Object.entries(given).map(([name, answer]) =>
    problemWith(name as AnswerName, answer),
  );
  if (given.fhirBase === undefined) {
    if (given.clientId !== undefined) problems.push("--client-id needs --fhir-base.");
    if (given.dialect !== undefined) problems.push("--dialect needs --fhir-base.");
  }
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new UsageError(`${found.join("\n")}\n${seeHelp(init)}`);
}

type From = Pick<Answering, "ask" | "refuse"> & { readonly close: () => void };

const proposals: From = {
  ask: async () => "",
  refuse: (problem, { name }) => {
    throw new UsageError(`Say --${kebab(name)}: nothing can be proposed for it. ${problem}`);
  },
  close: () => {},
};

function asking(lines: QuestionLines, out: Out): From {
  return {
    async ask({ text: question, name }: Question, proposal) {
      const answer = await lines.ask(`${question}${proposal === "" ? "" : ` [${proposal}]`}: `);
      if (answer !== undefined) return answer;
      throw new UsageError(
        `Standard input ended before this was answered. Say --${kebab(name)}, or --yes to take what is proposed. Nothing was written.`,
      );
    },
    refuse: (problem) => out.note(`  ${problem}`),
    close: () => lines.close(),
  };
}
