import { join } from "node:path";
import type { Answers } from "@trestle/integration";

/** What to do with a new folder, line by line. */
export function nextSteps(
  dir: string,
  { webhook, listenerPort, fhirBase }: Answers,
): readonly string[] {
  const folder = shellWord(dir);
  const data = shellWord(join(dir, "data"));
  const to = listenerPort === 0 ? "127.0.0.1:PORT" : `127.0.0.1:${listenerPort}`;
  const steps: readonly (readonly [what: string, command: string])[] = [
    ["Run the hub. It prints a link to sign in:", `start --config ${folder} --data ${data}`],
    ["In a second terminal, send it a message:", `hl7 send FILE --to ${to}`],
    ["Check the folder after each change:", `check ${folder}`],
    ...(fhirBase === undefined
      ? []
      : [[keyStep, `keys new --config ${folder} --data ${data}`] as const]),
  ];
  return [
    ...steps.flatMap(([what, command]) => ["", what, `  npx trestle ${command}`]),
    "",
    `Results go to ${webhook}. While nothing listens there, they wait.`,
  ];
}

/** As a shell reads it back. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

const keyStep = "Make the key by which the hub signs in at the hospital, and register it there:";
