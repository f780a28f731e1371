/** Shared by all requests of a trial: they wait together while the server asks for it, and end together. */
export class Pace {
  readonly deadline: number
  #held = 0

  /** @param seconds for everything, from now on */
  constructor(seconds: number) {
    this.deadline = Date.now() + seconds * 1000
  }

  /** Whether the time for everything is over. */
  get over(): boolean {
    return Date.now() >= this.deadline
  }

  /** Holds all requests back for some seconds. Answers false if that would be longer than there is time. */
  hold(seconds: number): boolean {
    const until = Date.now() + seconds * 1000
    if (until >= this.deadline) return false
    this.#held = Math.max(this.#held, until)
    return true
  }

  /** Waits for as long as requests are held back. */
  async ready(): Promise<void> {
    for (let left = this.#held - Date.now(); left > 0; left = this.#held - Date.now()) {
      await new Promise((resolve) => setTimeout(resolve, left))
    }
  }
}
