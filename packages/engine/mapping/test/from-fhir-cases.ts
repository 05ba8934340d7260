import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Bundle } from "@trestle/fhir";
import { readBundle } from "../src/index.ts";
import {
  type Change,
  type ComposeRequest,
  type Hl7Version,
  type MessageKind,
} from "../src/to-v2/index.ts";
import { lakeshore } from "./lakeshore.ts";

/** A bundle on disk and the files that hold what it should become, or why it must not leave. */
export interface FromFhirCase {
  readonly name: string;
  readonly request: ComposeRequest;
  readonly isRefused: boolean;
  readonly folder: string;
}

/** Everything under `from-fhir-cases`, one folder each; every patient is invented. */
export const fromFhirCases: readonly FromFhirCase[] = readdirSync(
  join(import.meta.dirname, "from-fhir-cases"),
).map((name) => {
  const folder = join(import.meta.dirname, "from-fhir-cases", name);
  const told = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as Told;
  const bundle = bundleIn(readFileSync(join(folder, "bundle.json"), "utf8"));
  return { name, request: requestOf(bundle, told), isRefused: name.startsWith("refused-"), folder };
});

/** A request as an application at Lakeshore would make it. */
export function requestOf(bundle: Bundle, told: Omit<Told, "because">): ComposeRequest {
  const { kind, change, version = "2.5.1" } = told;
  return {
    kind,
    ...(change && { change }),
    bundle,
    site: lakeshore,
    header: {
      sender: { application: "TRESTLE", facility: "TRESTLE" },
      receiver: { application: "HIS", facility: "LKS" },
      at: "2026-01-15T21:00:00Z",
      controlId: "4711",
      mode: "T",
      version,
    },
  };
}

/** Reads a bundle that must be one. */
export function bundleIn(json: string): Bundle {
  const read = readBundle(json);
  if (read.ok) return read.value;
  throw new TypeError(read.problem.text);
}

/** What a case's file holds; empty where there is none. */
export function textIn(folder: string, file: string): string {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** `case.json`. */
interface Told {
  readonly kind: MessageKind;
  readonly change?: Change;
  readonly version?: Hl7Version;
  readonly because: string;
}
