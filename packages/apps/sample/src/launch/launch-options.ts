import type { Secret } from "@trestle/base";

/** How the application is launched from within a hospital's software, and where the hub is. */
export interface LaunchOptions {
  /** Of the application at the hospital. It is a public client: it keeps no secret there. */
  readonly clientId: string;
  /** The site in the hub's configuration that belongs to each FHIR base that may launch. */
  readonly servers: Readonly<Record<string, string>>;
  /** Address of the hub, without a slash at its end. */
  readonly hubUrl: string;
  /** By which the hub lets the application in. */
  readonly hubToken: Secret<string>;
}
