/** What a FHIR server says about its OAuth server. */
export interface SmartEndpoints {
  /** Without a slash at its end. */
  readonly fhirBaseUrl: string;
  readonly tokenUrl: string;
  readonly authorizeUrl?: string;
  readonly registerUrl?: string;
  readonly revokeUrl?: string;
  readonly introspectUrl?: string;
  /** Who signs id_tokens. */
  readonly issuer?: string;
  readonly jwksUrl?: string;
  /** Empty where the server does not say. */
  readonly capabilities: readonly string[];
  readonly scopesSupported: readonly string[];
  readonly authMethodsSupported: readonly string[];
  readonly grantTypesSupported: readonly string[];
  readonly codeChallengeMethodsSupported: readonly string[];
  /** Whether the redirect back names the issuer. @see RFC 9207 */
  readonly namesIssuerInCallback: boolean;
  /** Everything that the smart-configuration holds, for what is not read here. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** The addresses that one document tells. */
export type FoundEndpoints = Partial<Omit<SmartEndpoints, "fhirBaseUrl">>;

/** Where the addresses came from. */
export type EndpointsSource = "smart-configuration" | "CapabilityStatement" | "both";

/** Endpoints and how fresh they are. */
export interface Discovered {
  readonly endpoints: SmartEndpoints;
  readonly source: EndpointsSource;
  /** Milliseconds since 1970 when the server said so. */
  readonly checkedAtMs: number;
  /** True when they are older than `maxAgeSeconds` and could not be checked again. */
  readonly isStale: boolean;
}
