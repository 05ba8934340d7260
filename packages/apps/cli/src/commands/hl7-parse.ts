import { type TreeNode, describeMessage } from "@trestle/hl7v2";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { limitsFolder, messageFile } from "../option-types.ts";
import { printProblem, openMessages } from "../io/message-file.ts";

export const hl7Parse = defineCommand({
  name: "hl7 parse",
  summary: "Show HL7 v2 messages as trees with the standard's names; works offline.",
  exits3:
    "when a message cannot be read, the file is not as its envelopes say, or the folder has problems",
  json: "for each message: number, type, controlId, version, segments (as a tree), warnings.",
  operands: [
    { name: "file", description: "A file of one or more messages; - reads standard input." },
  ],
  options: z.strictObject({ file: messageFile, config: limitsFolder }),
  examples: ["trestle hl7 parse admit.hl7", "cat admit.hl7 | trestle hl7 parse - --json"],
  async run({ file, config }, surroundings) {
    const { out } = surroundings;
    const opened = await openMessages({ file, config }, surroundings);
    if (opened === undefined) return 3;
    let problems = 0;
    for (const { number, message, warnings } of opened.messages) {
      if (!message.ok) {
        out.note(printProblem(file, number, message.problem));
        problems += 1;
        continue;
      }
      const { type, controlId, version } = message.value;
      const segments = describeMessage(message.value);
      out.row(
        { number, type, controlId, version, segments, warnings },
        [`${type} ${controlId}`, ...segments.flatMap((node) => lines(node, 0))].join("\n"),
      );
      for (const warning of warnings) out.note(printProblem(file, number, warning));
    }
    return problems + opened.problems === 0 ? 0 : 3;
  },
});

function lines(node: TreeNode, depth: number): string[] {
  const name = `${"  ".repeat(depth)}${node.at}`.padEnd(18);
  const text = node.children.length === 0 ? `  ${node.text}` : "";
  return [
    `${name} ${node.label}${text}`,
    ...node.children.flatMap((child) => lines(child, depth + 1)),
  ];
}
