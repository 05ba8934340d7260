/**
 * Asks again and again until it is so, for things that happen in another process or on a socket.
 *
 * @throws {Error} naming `what`, when it is not so in time.
 */
export async function eventually(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  withinMs = 20_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
