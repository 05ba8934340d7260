import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { proveCorpora } from "./corpora/corpora.ts";
import { proveFidelity } from "./fidelity/fidelity.ts";
import { proveProbe } from "./probe/probe.ts";
import type { Proof } from "./proof.ts";
import { proveV2Coverage } from "./v2-coverage/v2-coverage.ts";
import { proveWhatIf } from "./what-if/what-if.ts";

/** `npm run prove` lists the proofs; `npm run prove -- NAME [--seed N] [--minutes N] [--write]` runs one. */
const proofs: Readonly<Record<string, Proof>> = {
  corpora: {
    summary: "Every message that others wrote goes over a real socket into a running hub.",
    run: proveCorpora,
  },
  fidelity: {
    summary:
      "Each row of the behaviour tables is covered by tests of the sandbox, or says why not.",
    run: proveFidelity,
  },
  probe: {
    summary: "A probe finds each thing that is wrong with a hospital's data, and nothing else.",
    run: proveProbe,
  },
  "v2-coverage": {
    summary: "Each line of the published v2-to-FHIR tables is covered, or differs on purpose.",
    run: proveV2Coverage,
  },
  "what-if": {
    summary:
      "Each change of tables, overlays and channels is found on stored traffic, and no other.",
    run: proveWhatIf,
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string" },
    minutes: { type: "string", default: "0" },
    write: { type: "boolean", default: false },
  },
});

const [name] = positionals;
const proof = name === undefined ? undefined : proofs[name];
if (name === undefined) {
  for (const [known, { summary }] of Object.entries(proofs))
    process.stdout.write(`${known}  ${summary}\n`);
} else if (proof === undefined) {
  process.stderr.write(
    `There is no proof ${name}. There are: ${Object.keys(proofs).join(", ")}.\n`,
  );
  process.exitCode = 2;
} else if ([values.seed ?? "0", values.minutes].some((text) => !/^\d{1,9}$/u.test(text))) {
  process.stderr.write("--seed and --minutes are whole numbers.\n");
  process.exitCode = 2;
} else {
  const seed = values.seed === undefined ? undefined : Number(values.seed);
  const result = await proof.run({ seed, minutes: Number(values.minutes) });
  process.stdout.write(`${result.text}\n`);
  if (values.write)
    writeFileSync(new URL(`../docs/proofs/${name}.md`, import.meta.url), page(name, result.text));
  process.stdout.write(`${name}: ${result.passed} passed, ${result.failed} failed\n`);
  process.exitCode = result.failed === 0 ? 0 : 1;
}

function page(title: string, text: string): string {
  const date = new Date().toISOString().slice(0, 10);
  return `# Proof: ${title}\n\nWritten by \`npm run prove -- ${title} --write\` on ${date}, Node ${process.version}.\n\n${text}\n`;
}
