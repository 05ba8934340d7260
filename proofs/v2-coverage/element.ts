import type { Leaf, Node, Tree } from "./result-tree.ts";

/** One step of an element as a published table writes it. */
interface Step {
  readonly name: string;
  /** `performer(Organization)`: the step follows a reference to one of these types. */
  readonly types: readonly string[] | undefined;
  /** Of extensions: only those with this url. */
  readonly url: string | undefined;
}

/** The url of the extension that a table means by `extension[2]`, by its path. */
export type ExtensionUrls = ReadonlyMap<string, string>;

/** An element of a resource, in a table that gives extensions their urls. */
export interface Where {
  readonly type: string;
  readonly element: string;
  readonly urls: ExtensionUrls;
}

/**
 * All values below an element of a result, wherever resources of the type stand.
 *
 * Numbers in brackets only tell repetitions of a table apart, so that they are not looked at; but
 * an extension is only found under the url which the table gives it.
 */
export function leavesAt(tree: Tree, { type, element, urls }: Where): readonly Leaf[] {
  let nodes = type === "Bundle" ? [tree.root] : tree.resources(type);
  for (const step of stepsOf(element, urls))
    nodes = nodes.flatMap((node) => follow(tree, node, step));
  return nodes.flatMap((node) => tree.leavesBelow(node));
}

function follow(tree: Tree, node: Node, { name, types, url }: Step): readonly Node[] {
  if (types !== undefined) return tree.target(node, types);
  const found = tree.children(node, name);
  if (url === undefined) return found;
  return found.filter(({ value }) => (value as { url?: unknown }).url === url);
}

function stepsOf(element: string, urls: ExtensionUrls): readonly Step[] {
  const steps: Step[] = [];
  let path = "";
  for (const [written] of corrected(element).matchAll(/\([^().]+|[^.()]+/gu)) {
    path += `${path === "" || written.startsWith("(") ? "" : "."}${written}`;
    const name = written
      .replace(/^\(/u, "")
      .replaceAll(/\[[^\]]*\]/gu, "")
      .trim();
    if (name === "" || name === "$this" || name === "$value" || name === "reference") continue;
    if (written.startsWith("(")) steps.push({ name, types: name.split("|"), url: undefined });
    else steps.push({ name, types: undefined, url: urls.get(path) });
  }
  return steps;
}

/**
 * The paths of the extensions in a table with the url that the table gives each. Where two fields
 * give one path different urls, that of the field at hand counts.
 */
export function extensionUrls(
  rows: readonly {
    readonly from: string;
    readonly element: string;
    readonly constant: string | undefined;
  }[],
  field: string,
): ExtensionUrls {
  const urls = new Map<string, string>();
  for (const { element, constant } of [...rows, ...rows.filter(({ from }) => from === field)]) {
    const path = /^(?<path>.*extension(?:\[\d+\])?)\.ur[li]$/u.exec(corrected(element))?.groups?.[
      "path"
    ];
    if (path !== undefined && constant !== undefined) urls.set(path, constant);
  }
  return urls;
}

/** Slips of the pen in the published tables. */
function corrected(element: string): string {
  return slips.reduce((text, [wrong, right]) => text.replaceAll(wrong, right), element.trim());
}

const slips: readonly (readonly [string, string])[] = [
  ["valueSampedData", "valueSampledData"],
  ["PractitionerRole.practioner", "PractitionerRole.practitioner"],
  ["organziation", "organization"],
  ["PractitionerRole.Practitioner(", "PractitionerRole.practitioner("],
  ["payer[1](", "payor[1]("],
  [".coding.uri", ".coding.system"],
  [".coding.value", ".coding.code"],
  [".coding.sytem", ".coding.system"],
  ["(Practioner.", "(Practitioner."],
  ["valuedateTime", "valueDateTime"],
  ["([1]Organization", "(Organization"],
  [".extension[1].uri", ".extension[1].url"],
  ["extension[1].uri", "extension[1].url"],
  ["extension[2].uri", "extension[2].url"],
  ["coding[3.version", "coding[3].version"],
  ["occurrenceTIming", "occurrenceTiming"],
  ["occurneceTiming", "occurrenceTiming"],
  ["occurenceTiming", "occurrenceTiming"],
  ["occurrenceTiming.bounds", "occurrenceTiming.repeat.bounds"],
  ["occurrenceTiming.duration", "occurrenceTiming.repeat.duration"],
];
