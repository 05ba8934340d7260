/** Does work side by side, at most `concurrency` at a time, and gives results in the order asked. */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  concurrency: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const running: Promise<R>[] = [];
  for await (const item of items) {
    const begun = work(item);
    // It is awaited later; until then its failure must not count as one that nobody handles.
    begun.catch(() => undefined);
    running.push(begun);
    const first = running.length < concurrency ? undefined : running.shift();
    if (first !== undefined) yield await first;
  }
  for (const left of running) yield await left;
}
