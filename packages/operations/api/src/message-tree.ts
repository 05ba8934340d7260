import {
  type TreeNode as DescribedNode,
  decodeMessage,
  describeMessage,
  parseMessage,
} from "@trestle/hl7v2";
import type { TreeNode } from "./contract/index.ts";

/** The tree of a message with the standard's names; empty where the bytes are no message. */
export function messageTree(bytes: Uint8Array): TreeNode[] {
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) return [];
  const parsed = parseMessage(decoded.value.text);
  return parsed.ok ? viewNodes(describeMessage(parsed.value)) : [];
}

/** A copy that the reply's type, which knows no read-only lists, can hold. */
function viewNodes(nodes: readonly DescribedNode[]): TreeNode[] {
  return nodes.map((node) => ({ ...node, children: viewNodes(node.children) }));
}
