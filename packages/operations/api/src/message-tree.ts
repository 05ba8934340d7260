import { decodeMessage, describeMessage, parseMessage } from "@trestle/hl7v2";
import type { TreeNode } from "./contract/index.ts";

/** The tree of a message with the standard's names; empty where the bytes are no message. */
export function messageTree(bytes: Uint8Array): TreeNode[] {
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) return [];
  const parsed = parseMessage(decoded.value.text);
  return parsed.ok ? viewNodes(describeMessage(parsed.value)) : [];
}

interface DescribedNode {
  readonly at: string;
  readonly label: string;
  readonly text: string;
  readonly children: readonly DescribedNode[];
}

function viewNodes(nodes: readonly DescribedNode[]): TreeNode[] {
  return nodes.map(({ at, label, text, children }) => ({
    at,
    label,
    text,
    children: viewNodes(children),
  }));
}
