import type { RefusedChange } from "@trestle/api";
import type { Integration } from "@trestle/integration";

/** The configuration in force. Who needs it asks each time, so that nobody keeps an old one. */
export class InForce {
  #integration: Integration;
  #refused: RefusedChange | undefined;

  constructor(integration: Integration) {
    this.#integration = integration;
  }

  readonly current = (): Integration => this.#integration;

  /** The last change, where it was refused; undefined once the folder is good again. */
  readonly refused = (): RefusedChange | undefined => this.#refused;

  replace(integration: Integration): void {
    this.#integration = integration;
    this.#refused = undefined;
  }

  refuse(refused: RefusedChange): void {
    this.#refused = refused;
  }

  /** The folder says what is in force, whatever it said in between. */
  settle(): void {
    this.#refused = undefined;
  }
}
