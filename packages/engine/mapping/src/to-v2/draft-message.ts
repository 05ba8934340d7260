import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { chooseEvent } from "./choose-event.ts";
import { Composing } from "./composing.ts";
import type { Change, ComposeRequest } from "./composed.ts";
import { type Family, type KindMap, familyOf, kindMaps } from "./kinds.ts";
import type { LocalCodes } from "./local-codes.ts";
import { strangers, subjectOf } from "./one-patient.ts";
import { visitOf } from "./one-visit.ts";
import { orderRefusals } from "./order-refusals.ts";
import { problems } from "./problems.ts";
import { ResourceIndex } from "./resource-index.ts";
import type { Draft } from "./rows/fill.ts";
import { Node } from "./rows/node.ts";
import { Sight } from "./rows/sight.ts";
import { unknownModifiers } from "./unknown-modifiers.ts";
import { writeParts } from "./write-parts.ts";

/** The segments of a message before they are printed. */
export interface Drafted {
  readonly segments: readonly Draft[];
  readonly composing: Composing;
  /** With its event. */
  readonly kind: string;
  /** Paths of what was read. */
  readonly touched: ReadonlySet<string>;
}

/** Finds what the message is about and writes its segments; fails where there is nothing to write. */
export function draftMessage(
  request: ComposeRequest,
  { codes, maxSegments }: { codes: LocalCodes; maxSegments: number },
): Result<Drafted, readonly Problem[]> {
  const { kind, change, bundle, site, header } = request;
  const touched = new Set<string>();
  const resources = new ResourceIndex(bundle, touched);
  const family = familyOf(kind);
  const map = kindMaps[family];
  const found = focusOf(kind, map, resources);
  if (!found.ok) return fail([found.problem]);
  const focus = found.value;
  const event = chooseEvent(kind, { focus, change });
  if (event === undefined) return fail([misfit(kind, focus)]);
  const refusals = [
    ...unknownModifiers(resources.all),
    ...refusalsOf(family, { resources, change }),
  ];
  if (refusals.length > 0) return fail(refusals);
  const version = header.version ?? "2.5.1";
  const composing = new Composing({ site, version, resources, codes });
  for (const problem of strangers(resources, focus)) composing.refuse(problem);
  const facts = {
    kind: { family, event, structure: map.structure },
    header: { ...header, version },
  };
  const roots = [
    ["kind", facts.kind],
    ["header", facts.header],
    ["change", change],
  ] as const;
  const named = new Map(roots.map(([name, value]) => [name, new Node(value, name, new Set())]));
  const root = new Sight({ composing, named: new Map([...named, ...namesFor(focus, resources)]) });
  const segments = writeParts(root, map.parts, maxSegments);
  return succeed({ segments, composing, kind: `${family}^${event}`, touched });
}

function focusOf(kind: string, map: KindMap, resources: ResourceIndex): Result<Node> {
  const [first, second] = resources.ofType(map.focus);
  const facts = { kind, type: map.focus };
  if (first === undefined) return fail(problems.noResource(facts));
  if (map.isOfOne && second !== undefined) {
    return fail(problems.severalResources({ ...facts, at: second.path }));
  }
  for (const deciding of [...first.children("status"), ...first.along(["relatesTo", "code"])])
    deciding.use();
  return succeed(first);
}

function misfit(kind: string, focus: Node): Problem {
  const status = focus.peek("status") ?? "unknown";
  return problems.kindDoesNotFit({ kind, status, at: `${focus.path}.status` });
}

/** Of the messages that are about several of their kind, only orders tell somebody to act. */
function refusalsOf(
  family: Family,
  { resources, change }: { resources: ResourceIndex; change: Change | undefined },
): readonly Problem[] {
  if (family !== "ORM") return [];
  return resources.ofType("ServiceRequest").flatMap((order) => orderRefusals(order, change));
}

/** What every segment of the message sees. */
function namesFor(focus: Node, resources: ResourceIndex): ReadonlyMap<string, Node> {
  const named = new Map([["Focus", focus]]);
  const patient = subjectOf(focus, resources);
  if (patient !== undefined) named.set("Patient", patient);
  const encounter = visitOf(focus, resources);
  if (encounter !== undefined) named.set("Encounter", encounter);
  const accounts = [...focus.children("account"), ...(encounter?.children("account") ?? [])];
  const account = accounts.map((each) => resources.follow(each)).find((each) => each !== undefined);
  // A reference may name the account by its number alone.
  const known = account ?? accounts.find((each) => each.child("identifier") !== undefined);
  for (const each of accounts) if (account !== undefined) each.use();
  if (known !== undefined) named.set("Account", known);
  return named;
}
