import { problems } from "./problems.ts";
import { typeOf } from "./resource-index.ts";
import type { EachFrom, GroupMap, MessagePart, SegmentMap } from "./rows/define-segment.ts";
import { Draft, fill } from "./rows/fill.ts";
import type { Node } from "./rows/node.ts";
import type { Sight } from "./rows/sight.ts";

/** Writes segments and groups in their order; refuses the message at the first segment too many. */
export function writeParts(
  sight: Sight,
  parts: readonly MessagePart[],
  maxSegments: number,
): readonly Draft[] {
  const written: Draft[] = [];
  write(sight, parts, { written, maxSegments });
  return written;
}

interface Writing {
  readonly written: Draft[];
  readonly maxSegments: number;
}

function write(sight: Sight, parts: readonly MessagePart[], writing: Writing): void {
  for (const part of parts) {
    if ("segment" in part) writeSegment(sight, part, writing);
    else for (const inner of groupsOf(sight, part)) write(inner, part.parts, writing);
  }
}

function writeSegment(sight: Sight, map: SegmentMap, { written, maxSegments }: Writing): void {
  if (map.when !== undefined && !map.when({ sight })) return;
  const draft = new Draft(map.segment);
  const isFilled = fill(draft, map.rows, { sight });
  if (!isFilled && !map.isAlwaysWritten) return;
  if (written.length >= maxSegments) {
    sight.composing.refuse(problems.tooManySegments({ limit: maxSegments }));
    return;
  }
  sight.count(map.segment);
  written.push(draft);
}

function groupsOf(sight: Sight, group: GroupMap): readonly Sight[] {
  return nodesOf(sight, group.from).map((node) => {
    const own = sight.within(new Map([[group.each, node]]), group.restarts);
    const others = Object.entries(group.also).flatMap(([name, ways]) => {
      const [found] = [ways].flat().flatMap((way) => follow(own, own.nodes(way)));
      return found === undefined ? [] : ([[name, found]] as const);
    });
    return sight.within(new Map([[group.each, node], ...others]), group.restarts);
  });
}

function nodesOf(sight: Sight, from: EachFrom): readonly Node[] {
  if (typeof from !== "string") return from(sight);
  return follow(sight, sight.nodes(from));
}

/** References become what they lead to; what is no reference stays. */
function follow(sight: Sight, nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => {
    if (!isReference(node)) return [node];
    const found = sight.composing.resources.follow(node);
    if (found !== undefined) node.use();
    return found ?? [];
  });
}

function isReference(node: Node): boolean {
  if (typeOf(node) !== "") return false;
  return node.child("reference") !== undefined || node.child("identifier") !== undefined;
}
