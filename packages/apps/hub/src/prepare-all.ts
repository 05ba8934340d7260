import type { Gateway } from "@trestle/gateway";
import type { Integration } from "@trestle/integration";

/** A configuration that every part is ready for. */
export interface Prepared {
  /** What the state file must say as soon as the record names it in force; one commit does both. */
  readonly alongside: () => void;
  /** Puts it in force everywhere, at one moment. Never throws. */
  readonly use: () => void;
  /** Lets go of what was made ready, where it is not used. */
  readonly drop: () => Promise<void>;
}

/** What a reload of every part comes to: all are made ready, then all switch at one moment. */
export interface Switches {
  readonly doors: { use(next: Integration): void };
  readonly processing: {
    prepare(next: Integration): Promise<void>;
    switchTo(next: Integration): void;
  };
  readonly gateway: { switchTo(next: Gateway): void };
  /** A gateway for it; undefined where the present one does. */
  readonly openGateway: (next: Integration) => Promise<Gateway | undefined>;
  /** What lets the application in by the token that it names, as work on the state file. */
  readonly acceptingApplication: (next: Integration) => Promise<() => void>;
}

/** Makes every part ready for a configuration. What may fail fails here. */
export async function prepareAll(next: Integration, switches: Switches): Promise<Prepared> {
  const { doors, processing, gateway } = switches;
  const opened = await switches.openGateway(next);
  const drop = async () => opened?.close();
  try {
    const alongside = await switches.acceptingApplication(next);
    await processing.prepare(next);
    return {
      alongside,
      drop,
      use() {
        // Processing first: what comes in by a new door must find its revision in force.
        processing.switchTo(next);
        doors.use(next);
        if (opened !== undefined) gateway.switchTo(opened);
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}
