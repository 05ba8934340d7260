import type { TreeNode } from "./contract/index.ts";
import { maskedText } from "./masked-text.ts";
import { isReadable } from "./readable-fields.ts";

/**
 * Wire text with its patient data masked by field: segment names, separators and readable fields
 * stay, letters and digits of all others become dots. Lines that are no segment are masked whole.
 *
 * @param text Segments parted by line feeds.
 */
export function maskWire(text: string): string {
  const field = separatorOf(text);
  return text
    .split("\n")
    .map((line) => maskLine(line, field))
    .join("\n");
}

/** A message's tree with the text of its unreadable fields masked. */
export function maskTree(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.map((node) => ({
    ...node,
    text: isReadableAt(node.at) ? node.text : maskedText(node.text),
    children: maskTree(node.children),
  }));
}

/** MSH-1; a bar where there is no MSH. */
function separatorOf(text: string): string {
  const header = /(?:^|\n|\s)MSH(?<field>[^\w\s])/u.exec(text);
  return header?.groups?.["field"] ?? "|";
}

function maskLine(line: string, separator: string): string {
  const [name = "", ...fields] = line.split(separator);
  if (!/^[A-Z][A-Z0-9]{2}$/u.test(name)) return maskedText(line);
  // In MSH the first separator is itself the first field.
  const first = headers.has(name) ? 2 : 1;
  const masked = fields.map((field, index) =>
    isReadable(name, index + first) ? field : maskedText(field),
  );
  return [name, ...masked].join(separator);
}

/** `PID-5[1].1` or `OBX[2]-5`; a segment's own node holds no text. */
function isReadableAt(at: string): boolean {
  const parts = /^(?<segment>[A-Z][A-Z0-9]{2})(?:\[\d+\])?-(?<field>\d+)/u.exec(at)?.groups;
  return parts !== undefined && isReadable(parts["segment"] ?? "", Number(parts["field"]));
}

const headers = new Set(["MSH", "FHS", "BHS"]);
