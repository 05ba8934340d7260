import type { Sandbox } from "@trestle/sandbox";
import { type Surroundings, UsageError } from "./command.ts";
import type { Out } from "./out.ts";

/** Tells where a simulated hospital is over HTTP; nothing where it is not. */
export function announceSandbox(
  { http }: Pick<Sandbox, "http">,
  { out, environment }: Pick<Surroundings, "out" | "environment">,
): void {
  if (http === undefined) return;
  const isGiven = adminTokenFrom(environment) !== undefined;
  tell("FHIR", http.fhirBase, out);
  tell("Launch page", http.launchPage, out);
  tell("Admin API", http.admin, out);
  tell("its token", isGiven ? `as ${VARIABLE} has it` : http.adminToken, out);
}

/**
 * What the admin API shall ask for; undefined where it may draw its own.
 *
 * @throws {UsageError} for one that is too short or too long.
 */
export function adminTokenFrom(environment: Surroundings["environment"]): string | undefined {
  const token = environment[VARIABLE] ?? "";
  if (token === "") return undefined;
  if (token.length >= 16 && token.length <= 200) return token;
  throw new UsageError(`${VARIABLE} must have from 16 to 200 characters.`);
}

/** As wide as what is told of a hub. */
function tell(label: string, value: string, out: Out): void {
  out.note(`  ${label.padEnd(20)}${value}`);
}

const VARIABLE = "TRESTLE_SANDBOX_ADMIN_TOKEN";
