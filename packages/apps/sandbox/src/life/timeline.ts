/** What is to come, soonest first; of two at the same time the one that was added first. */
export class Timeline<T> {
  /** A binary heap: each is sooner than the two below it. */
  readonly #heap: { at: number; order: number; item: T }[] = [];
  #added = 0;

  add(at: number, item: T): void {
    this.#added += 1;
    this.#heap.push({ at, order: this.#added, item });
    this.#rise(this.#heap.length - 1);
  }

  /** @throws {RangeError} when nothing is to come. */
  next(): { readonly at: number; readonly item: T } {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) throw new RangeError("nothing is to come");
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const above = Math.floor((index - 1) / 2);
      if (!this.#isSooner(index, above)) return;
      this.#swap(index, above);
      index = above;
    }
  }

  #sink(from: number): void {
    let index = from;
    for (;;) {
      const left = index * 2 + 1;
      const right = left + 1;
      let soonest = index;
      if (this.#isSooner(left, soonest)) soonest = left;
      if (this.#isSooner(right, soonest)) soonest = right;
      if (soonest === index) return;
      this.#swap(index, soonest);
      index = soonest;
    }
  }

  #isSooner(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return false;
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}
