import type { RefusedChange } from "@trestle/api";
import type { Integration } from "@trestle/integration";

/** The configuration in force. Who needs it asks each time, so that nobody keeps an old one. */
export class InForce {
  #integration: Integration;
  #folder: Integration;
  #refused: RefusedChange | undefined;

  /** @param folder The same as the folder alone says it, without what was approved. */
  constructor(integration: Integration, folder: Integration) {
    this.#integration = integration;
    this.#folder = folder;
  }

  readonly current = (): Integration => this.#integration;

  /** Of the revision in force, what the folder says, whatever production takes of it. */
  readonly folder = (): Integration => this.#folder;

  /** The last change, where it was refused; undefined once the folder is good again. */
  readonly refused = (): RefusedChange | undefined => this.#refused;

  replace(integration: Integration, folder: Integration): void {
    this.#integration = integration;
    this.#folder = folder;
    this.#refused = undefined;
  }

  /** The folder is as it was, and production takes more of it. */
  promote(integration: Integration): void {
    this.#integration = integration;
  }

  refuse(refused: RefusedChange): void {
    this.#refused = refused;
  }

  /** The folder says what is in force, whatever it said in between. */
  settle(): void {
    this.#refused = undefined;
  }
}
