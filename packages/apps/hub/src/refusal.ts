import type { ConfigurationProblem } from "@trestle/api";
import { TrestleError } from "@trestle/base";
import type { Integration, Loaded } from "@trestle/integration";

type Placed = Extract<Loaded, { readonly ok: true }>["placed"];

/**
 * Why a folder that is good by itself is not taken by this hub, as a problem at the setting that is
 * meant.
 */
export function refusalOf(
  error: TrestleError,
  { integration, placed }: { integration: Integration; placed: Placed },
): ConfigurationProblem {
  const { code, hint } = error;
  const { file, path, text } = settingOf(error, integration);
  return placed({ file, path, code, text, hint });
}

/** Whether a person can do something about it in the folder; a full disk is another matter. */
export function isRefusal(error: unknown): error is TrestleError {
  return error instanceof TrestleError && !/^(?:sqlite|journal)\./u.test(error.code);
}

function settingOf(error: TrestleError, { sites }: Integration) {
  if (error.code === "hub.unknownDialect") {
    const site = [...sites.values()].find(({ fhir }) => fhir?.dialect === error.facts["dialect"]);
    const path = ["environments", site?.environment ?? "", "fhir", "dialect"];
    const text = "This hub has no dialect of this name.";
    return { file: `sites/${site?.id ?? ""}/site.yaml`, path, text };
  }
  if (error.code.startsWith("hub.mapping")) {
    const text = "The thread that maps cannot hold this revision beside the one in force.";
    return { file: "trestle.yaml", path: ["processing"], text };
  }
  if (/^(?:config\.secret|access\.)/u.test(error.code)) {
    const text = "The token of the application cannot be used.";
    return { file: "integration.yaml", path: ["token"], text };
  }
  return { file: "trestle.yaml", path: [], text: `The hub cannot take it: ${error.code}.` };
}
