import type { Sandbox } from "@trestle/sandbox";
import type { Out } from "./out.ts";

/** Tells where a simulated hospital is over HTTP; nothing where it is not. */
export function announceSandbox({ http }: Pick<Sandbox, "http">, out: Out): void {
  if (http === undefined) return;
  out.note(`  FHIR        ${http.fhirBase}`);
  out.note(`  Launch page ${http.launchPage}`);
  out.note(`  Admin API   ${http.admin}`);
  out.note(`  its token   ${http.adminToken}`);
}
