/** Keeps the newest of what it is given, each once, and counts the others. */
export class Newest<T> {
  readonly #most: number
  #kept: { readonly time: string; readonly key: string; readonly item: T }[] = []
  #count = 0

  /** @param most how many are kept */
  constructor(most: number) {
    this.#most = most
  }

  /**
   * @param time text whose order is that of time; undefined: older than everything
   * @param key says that two items are the same
   */
  add(time: string | undefined, key: string, item: T): void {
    this.#count++
    this.#kept.push({ time: time ?? '', key, item })
    // Sorting now and then is cheaper than keeping order, and twice as many are still few.
    if (this.#kept.length >= 2 * this.#most + 64) this.#cut()
  }

  /** The newest first; equally old ones in the order in which they came. */
  items(): T[] {
    this.#cut()
    return this.#kept.map(({ item }) => item)
  }

  /** How many were let go. */
  get more(): number {
    return Math.max(0, this.#count - this.#most)
  }

  #cut(): void {
    const before = this.#kept.length
    // A folder may hold the same record twice. Two that differ are both shown, whatever their ids.
    const seen = new Set<string>()
    this.#kept = this.#kept.filter(({ key }) => !seen.has(key) && seen.add(key))
    this.#count -= before - this.#kept.length
    this.#kept.sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0))
    this.#kept.length = Math.min(this.#kept.length, this.#most)
  }
}
