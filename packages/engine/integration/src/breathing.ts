/**
 * Makes what long work calls between two parts of it: each time it has run for a while, everything
 * else that waits for this thread has its turn, such as a message that is to be acknowledged.
 */
export function breathing(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}

const longestMs = 10;
