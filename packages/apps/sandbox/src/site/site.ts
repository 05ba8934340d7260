import { sandboxErrors } from "../errors.ts";
import { type Addresses, addressesOf } from "./addresses.ts";
import { type SiteSwitches, siteSwitches } from "./switches.ts";

/** One installation as it is at the moment. Its switches may be changed while it runs. */
export interface Site {
  /** Always the same object: what reads a switch of it later sees a later change. */
  readonly switches: SiteSwitches;
  readonly addresses: Addresses;
  /**
   * Changes some switches at once.
   *
   * @throws {TrestleError} `sandbox.switchIsFixed` for what addresses and ids are made of.
   * @throws {ZodError} for a value that is out of its bounds.
   */
  change(changes: Readonly<Record<string, unknown>>): void;
  /** Tells where clients reach it; said once, when the port is known. */
  listensAt(origin: string): void;
}

export function createSite(initial: SiteSwitches): Site {
  const switches = { ...initial };
  let addresses = addressesOf("", switches);
  return {
    switches,
    get addresses() {
      return addresses;
    },
    change(changes) {
      const fixed = FIXED.find((name) => name in changes);
      if (fixed !== undefined) throw sandboxErrors.switchIsFixed({ switch: fixed });
      Object.assign(switches, siteSwitches.parse({ ...switches, ...changes }));
    },
    listensAt(origin) {
      addresses = addressesOf(origin, switches);
    },
  };
}

/** Routes and ids that clients hold already are made of these. */
const FIXED = ["fhirPath", "oauthPath", "fhirBase", "oauthBase", "customerId", "environment"];
