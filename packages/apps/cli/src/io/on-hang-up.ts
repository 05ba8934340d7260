import { isatty } from "node:tty";

/**
 * Calls `act` on each SIGHUP. That of a terminal which was closed ends the process instead, as it
 * always did: there is nobody left who could end it by Ctrl+C.
 *
 * @returns What ends that.
 */
export function onHangUp(act: () => Promise<void>): () => void {
  const hadTerminal = isatty(0);
  const heard = () => {
    if (hadTerminal && !isatty(0)) process.kill(process.pid, "SIGTERM");
    else void act();
  };
  process.on("SIGHUP", heard);
  return () => void process.off("SIGHUP", heard);
}
