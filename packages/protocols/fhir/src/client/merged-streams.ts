/**
 * Reads several streams side by side and gives what comes first.
 *
 * At most `concurrency` are open at a time. When the reader stops, or one fails, all are closed.
 */
export async function* mergedStreams<T>(
  open: readonly (() => AsyncGenerator<T, void>)[],
  concurrency: number,
): AsyncGenerator<T, void> {
  const waiting = [...open];
  const running = new Map<AsyncGenerator<T, void>, Promise<Step<T>>>();
  const advance = async (stream: AsyncGenerator<T, void>) => {
    const step = stream.next().then((result) => ({ stream, result }));
    running.set(stream, step);
    // The reader may be busy when it fails; the failure counts when its turn comes.
    await step.catch(() => undefined);
  };
  try {
    for (;;) {
      while (running.size < concurrency && waiting.length > 0) {
        const stream = waiting.shift()?.();
        if (stream !== undefined) void advance(stream);
      }
      if (running.size === 0) return;
      const { stream, result } = await Promise.race(running.values());
      if (result.done === true) running.delete(stream);
      else {
        void advance(stream);
        yield result.value;
      }
    }
  } finally {
    await Promise.all([...running.keys()].map((stream) => stream.return().catch(() => undefined)));
  }
}

interface Step<T> {
  readonly stream: AsyncGenerator<T, void>;
  readonly result: IteratorResult<T, void>;
}
