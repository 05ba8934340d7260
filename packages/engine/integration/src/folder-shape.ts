/** The files of a folder by what they are. Each shape names its parts. */
export const shapes = {
  settings: /^trestle\.yaml$/u,
  whatIf: /^what-if\.yaml$/u,
  needs: /^integration\.yaml$/u,
  channel: /^channels\/(?<name>[^/]+)\.yaml$/u,
  destination: /^destinations\/(?<name>[^/]+)\.yaml$/u,
  site: /^sites\/(?<name>[^/]+)\/site\.yaml$/u,
  overlay: /^sites\/(?<name>[^/]+)\/overlay\.yaml$/u,
  people: /^sites\/(?<name>[^/]+)\/people\.yaml$/u,
  profile: /^sites\/(?<name>[^/]+)\/profile\.yaml$/u,
  transform: /^transforms\/(?<name>[^/]+)\.ts$/u,
  table: /^sites\/(?<site>[^/]+)\/tables\/(?<name>[^/]+)\.csv$/u,
} as const;

/** No file lies deeper than this; so many parts has the path of a code table. */
export const deepest = 4;

/** Hidden files, prose, examples, cases and the default data folder configure nothing. */
export function isSetAside(path: string): boolean {
  const [first, ...rest] = path.split("/");
  if ([first, ...rest].some((part) => part?.startsWith("."))) return true;
  const isCase = first === "sites" && rest[1] === "cases" && rest.length > 1;
  return path.endsWith(".md") || ["messages", "bundles", "data"].includes(first ?? "") || isCase;
}

/** Whether a file of this path is part of an integration. */
export function isRead(path: string): boolean {
  return Object.values(shapes).some((shape) => shape.test(path));
}
