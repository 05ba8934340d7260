/** A module specifier that a file names, and how. */
export interface Import {
  readonly specifier: string;
  readonly kind: "static" | "dynamic";
  /** The exported names that are taken or passed on, whatever they are called here; `*` for all. */
  readonly names: readonly string[];
}

/** What a TypeScript source imports, and its code without comments and string contents. */
export interface Scanned {
  readonly imports: readonly Import[];
  /** Dynamic imports whose name is computed, so that no reader can tell what they import. */
  readonly hidden: number;
  /** The code; comments are blank, each string is its number in quotes. */
  readonly code: string;
}

/**
 * Finds the imports of a TypeScript or TSX source without a compiler.
 *
 * Comments and strings are taken out first, so that an import inside of them does not count.
 */
export function scan(source: string): Scanned {
  const { code, strings } = blank(source);
  const imports: Import[] = [];
  const add = (pattern: RegExp, kind: Import["kind"]) => {
    for (const match of code.matchAll(pattern)) {
      const { clause = "*", string } = match.groups ?? {};
      const specifier = strings[Number(string)];
      if (specifier !== undefined) imports.push({ specifier, kind, names: namesIn(clause) });
    }
  };
  add(/\b(?:import|export)\b(?<clause>[\w$\s{},*]*?)\bfrom\s*"(?<string>\d+)"/gu, "static");
  add(/\bimport(?<clause>)\s*"(?<string>\d+)"/gu, "static");
  add(/\bimport\s*\(\s*"(?<string>\d+)"/gu, "dynamic");
  add(/\b(?:require|require\.resolve|import\.meta\.resolve)\s*\(\s*"(?<string>\d+)"/gu, "dynamic");
  return { imports, hidden: [...code.matchAll(/\bimport\s*\(\s*[^"\s]/gu)].length, code };
}

/** `{ a, type B, c as d }` names a, B and c; `* as e` names everything. */
function namesIn(clause: string): readonly string[] {
  return [...clause.matchAll(/\*|(?:(?<=[{,]\s*)(?:type\s+)?(?<name>[\w$]+))/gu)].map(
    ({ groups }) => groups?.["name"] ?? "*",
  );
}

/** The code with comments gone and each string replaced by its number. */
function blank(source: string): Blanked {
  const state: Blanking = { code: "", strings: [], templates: [], depth: 0 };
  let at = 0;
  while (at < source.length) at = step(source, at, state);
  return state;
}

interface Blanked {
  readonly code: string;
  readonly strings: readonly string[];
}

interface Blanking extends Blanked {
  code: string;
  readonly strings: string[];
  /** The brace depth at which each template that we are inside of continues. */
  readonly templates: number[];
  depth: number;
}

/** Takes the next piece of source; returns where the piece after it starts. */
function step(source: string, at: number, state: Blanking): number {
  const char = source.charAt(at);
  if (source.startsWith("//", at)) return endOf(source, "\n", at);
  if (source.startsWith("/*", at)) return endOf(source, "*/", at) + 2;
  if (char === '"' || char === "'") {
    const end = endOfString(source, at);
    keep(source.slice(at + 1, end), state);
    return end + 1;
  }
  if (char === "`") return takeTemplate(source, at, state);
  if (char === "}" && state.templates.at(-1) === state.depth) {
    state.templates.pop();
    return takeTemplate(source, at, state);
  }
  if (char === "/" && startsRegex(state.code)) return endOfRegex(source, at);
  if (char === "{") state.depth += 1;
  if (char === "}") state.depth -= 1;
  state.code += char;
  return at + 1;
}

/** The text of a template from a backtick, or from the brace that closes a value inside of it. */
function takeTemplate(source: string, at: number, state: Blanking): number {
  const end = endOfTemplate(source, at + 1);
  if (source.charAt(end) === "$") {
    state.templates.push(state.depth);
    return end + 2;
  }
  if (source.charAt(at) === "`") keep(source.slice(at + 1, end), state);
  return end + 1;
}

function keep(text: string, state: Blanking): void {
  state.code += `"${state.strings.length}"`;
  state.strings.push(text);
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from + mark.length - 1);
  return found === -1 ? source.length : found;
}

/** A string ends with its quote; text of JSX may hold a lone one, so a line's end ends it too. */
function endOfString(source: string, from: number): number {
  const quote = source.charAt(from);
  let at = from + 1;
  while (at < source.length && source.charAt(at) !== quote && source.charAt(at) !== "\n") {
    at += source.charAt(at) === "\\" ? 2 : 1;
  }
  return at;
}

/** The closing backtick, or the dollar sign of the next `${`. */
function endOfTemplate(source: string, from: number): number {
  let at = from;
  while (at < source.length) {
    if (source.charAt(at) === "`" || source.startsWith("${", at)) return at;
    at += source.charAt(at) === "\\" ? 2 : 1;
  }
  return at;
}

/** A slash divides after a value and starts an expression elsewhere. */
function startsRegex(codeBefore: string): boolean {
  const tail = codeBefore.slice(-40).trimEnd();
  return tail === "" || /(?:[(,=:[!&|?{};+\-*%~^>]|\b(?:return|typeof|case|in|of))$/u.test(tail);
}

function endOfRegex(source: string, from: number): number {
  let isInClass = false;
  for (let at = from + 1; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === "\n") return at;
    if (char === "\\") at += 1;
    else if (char === "[") isInClass = true;
    else if (char === "]") isInClass = false;
    else if (char === "/" && !isInClass) return at + 1;
  }
  return source.length;
}
