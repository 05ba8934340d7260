import type { SiteSwitches } from "./switches.ts";

/** Where a site's interfaces are, as it tells them; without a slash at the end. */
export interface Addresses {
  readonly origin: string;
  readonly fhirBase: string;
  /** The issuer too. */
  readonly oauthBase: string;
  readonly authorize: string;
  readonly token: string;
  readonly register: string;
  readonly idTokenKeys: string;
  readonly style: string;
}

/** The paths that routes are made of. */
export interface SitePaths {
  readonly fhirRoot: string;
  readonly fhir: string;
  /** Of exports; never below that of FHIR. */
  readonly bulk: string;
  readonly oauth: string;
  readonly idTokenKeys: string;
  readonly style: string;
}

export function pathsOf(switches: SiteSwitches): SitePaths {
  const fhirPath = withoutSlash(switches.fhirPath);
  const oauthPath = withoutSlash(switches.oauthPath ?? fhirPath);
  return {
    fhirRoot: fhirPath,
    fhir: switches.fhirBase ?? `${fhirPath}/api/FHIR/R4`,
    bulk: `${fhirPath}/api/FHIR/BulkRequest`,
    oauth: switches.oauthBase ?? `${oauthPath}/oauth2`,
    idTokenKeys: `${fhirPath}/api/epic/2019/Security/Open/PublicKeys/530027/OIDC`,
    style: `${fhirPath}/api/epic/2016/EDI/HTTP/style/100000/VHJlc3RsZQ==.json`,
  };
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/u, "");
}

/** @param origin How clients reach the server, such as `http://127.0.0.1:8090`. */
export function addressesOf(origin: string, switches: SiteSwitches): Addresses {
  const { fhir, oauth, idTokenKeys, style } = pathsOf(switches);
  const oauthBase = `${origin}${oauth}`;
  return {
    origin,
    fhirBase: `${origin}${fhir}`,
    oauthBase,
    authorize: `${oauthBase}/authorize`,
    token: `${oauthBase}/token`,
    register: `${oauthBase}/register`,
    idTokenKeys: `${origin}${idTokenKeys}`,
    style: `${origin}${style}`,
  };
}
