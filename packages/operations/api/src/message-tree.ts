import {
  type TreeNode as DescribedNode,
  type MessageLimits,
  decodeMessage,
  describeMessage,
  parseMessage,
} from "@trestle/hl7v2";
import type { TreeNode } from "./contract/index.ts";

/** The tree of a message with the standard's names; empty where the bytes are no message within limits. */
export function messageTree(bytes: Uint8Array, limits: MessageLimits): TreeNode[] {
  const decoded = decodeMessage(bytes, limits);
  if (!decoded.ok) return [];
  const parsed = parseMessage(decoded.value.text, limits);
  return parsed.ok ? viewNodes(describeMessage(parsed.value)) : [];
}

/** A copy that the reply's type, which knows no read-only lists, can hold. */
function viewNodes(nodes: readonly DescribedNode[]): TreeNode[] {
  return nodes.map((node) => ({ ...node, children: viewNodes(node.children) }));
}
