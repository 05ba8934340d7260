import type { Hl7Message } from "./message.ts";

export interface TreeNode {
  readonly at: string;
  readonly label: string;
  readonly text: string;
  readonly children: readonly TreeNode[];
}
export function describeMessage(message: Hl7Message): readonly TreeNode[] {
  return message.segments.map((s) => ({ at: s.at, label: "", text: s.raw, children: [] }));
}
