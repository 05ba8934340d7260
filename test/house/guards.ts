import { scan } from "./scan.ts";

/**
 * Whether a source can open the guard of patient data: it takes `reveal`, under whatever name, or
 * all of the package that offers it, or passes it on. A function of its own that happens to have
 * the same name opens nothing.
 */
export function opensGuard(source: string): boolean {
  return scan(source).imports.some(
    ({ specifier, names }) =>
      names.includes("reveal") || (specifier === "@trestle/base" && names.includes("*")),
  );
}
