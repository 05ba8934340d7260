import { journalErrors } from "./errors.ts";
import type { Counted, LastNumber, Link, Position } from "./journal.ts";

/** The last number of each link, in memory. */
export function memoryLinks() {
  const listeners = new Map<string, Map<string, LastNumber>>();
  const remove = ({ listener, sender }: Link): void => {
    listeners.get(listener)?.delete(sender);
  };
  return {
    remove,
    last: ({ listener, sender }: Link) => listeners.get(listener)?.get(sender),
    /** @throws {TrestleError} `journal.tooManyLinks`, and nothing is kept. */
    keep({ link, number, maxLinks }: Counted, position: Position): void {
      const links = listeners.get(link.listener) ?? new Map<string, LastNumber>();
      if (!links.has(link.sender) && links.size >= maxLinks) {
        throw journalErrors.tooManyLinks({ max: maxLinks });
      }
      listeners.set(link.listener, links.set(link.sender, { number, position }));
    },
  };
}
