import type { LineCounts, MalformedLine, SkippedLines } from './report.ts'

/** Most malformed lines that a report names one by one. */
const mostNamed = 100

/** What became of an entry: it is part of a run, it was left out for a reason (one of a fixed set), or it could not be read. */
export type Fate = 'mapped' | { readonly skipped: string } | { readonly malformed: string }

/** The same for a line, of which that may be seen later and is booked on the ledger then. */
export type LineFate = Fate | 'later'

/** Keeps account of the lines of one file: every line that is read is booked exactly once. */
export class Ledger {
  #read = 0
  #mapped = 0
  #malformed = 0
  readonly #named: MalformedLine[] = []
  readonly #skipped = new Map<string, number>()

  /** A line was read. Its fate is booked now or later. */
  read(): void {
    this.#read++
  }

  /** Lines that a record says something of. */
  mapped(lines = 1): void {
    this.#mapped += lines
  }

  /** Lines that were left out, and why. The reason is one of a fixed set: it never quotes the line. */
  skipped(reason: string, lines = 1): void {
    if (lines > 0) this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + lines)
  }

  /** A line that could not be read. */
  malformed(line: number, reason: string): void {
    this.#malformed++
    if (this.#named.length < mostNamed) this.#named.push({ line, reason })
  }

  /** Books what became of an entry or a line that was read. */
  book(line: number, fate: LineFate): void {
    if (fate === 'mapped') this.mapped()
    else if (fate === 'later') return
    else if ('skipped' in fate) this.skipped(fate.skipped)
    else this.malformed(line, fate.malformed)
  }

  get counts(): LineCounts {
    let skipped = 0
    for (const lines of this.#skipped.values()) skipped += lines
    return { read: this.#read, mapped: this.#mapped, skipped, malformed: this.#malformed }
  }

  /** Reasons with the most lines first. */
  get reasons(): SkippedLines[] {
    return [...this.#skipped]
      .map(([reason, lines]) => ({ reason, lines }))
      .sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1))
  }

  get malformedLines(): readonly MalformedLine[] {
    return this.#named
  }
}
