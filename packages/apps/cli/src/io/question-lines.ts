import { createInterface } from "node:readline";
import { cliErrors } from "../errors.ts";

/** Questions on standard error, and answers from standard input, a line each. */
export interface QuestionLines {
  /**
   * @returns Without the blanks around it; undefined where standard input has ended.
   * @throws {TrestleError} `cli.interrupted`, after Ctrl+C
   */
  ask(prompt: string): Promise<string | undefined>;
  close(): void;
}

/** Begins to read standard input. On a terminal a line can be edited before it is sent. */
export function openQuestionLines(signal: AbortSignal): QuestionLines {
  const { stdin: input, stderr: output } = process;
  const lines = createInterface({ input, output, terminal: input.isTTY && output.isTTY });
  // Taken at once: lines of a pipe may all be there before the first question.
  const answers = lines[Symbol.asyncIterator]();
  let isInterrupted = false;
  const interrupt = (): void => {
    isInterrupted = true;
    lines.close();
  };
  // While a line is edited, Ctrl+C is a key and no signal.
  lines.on("SIGINT", interrupt);
  signal.addEventListener("abort", interrupt, { once: true });
  return {
    async ask(prompt) {
      lines.setPrompt(prompt);
      if (!isInterrupted) lines.prompt();
      const next = await answers.next();
      // What is said of it begins on a line of its own.
      if (next.done === true) output.write("\n");
      if (isInterrupted) throw cliErrors.interrupted({});
      return next.done === true ? undefined : next.value.trim();
    },
    close() {
      signal.removeEventListener("abort", interrupt);
      lines.close();
    },
  };
}
