/** So many requests in a row that are met with silence, and the server is asked whether it is still there. */
const SILENCES = 4

/** How often it is enough that it answers this, and nothing else. */
const REPRIEVES = 4

/** Decides when a server is given up, so that one that is gone, or hangs, costs bounded time. A closed connection is no silence. */
export class Patience {
  /** Why nothing more is asked. */
  reason = 'the server has stopped answering'
  readonly #isAlive: () => Promise<boolean>
  #silences = 0
  #reprieves = 0
  #answer: Promise<boolean> | undefined

  /** @param isAlive asks for something harmless on a connection of its own; false if nobody listens or nothing comes */
  constructor(isAlive: () => Promise<boolean>) {
    this.#isAlive = isAlive
  }

  /** Takes down how a case ended. */
  note(silent: boolean): void {
    this.#silences = silent ? this.#silences + 1 : 0
    if (!silent) this.#reprieves = 0
  }

  /** Whether the rest is to be left. Cases that are under way at once ask the server once. */
  async isOver(): Promise<boolean> {
    if (this.#silences < SILENCES) return false
    this.#answer ??= this.#ask()
    const isOver = await this.#answer
    if (!isOver) this.#answer = undefined
    return isOver
  }

  async #ask(): Promise<boolean> {
    if (!(await this.#isAlive())) return true
    if (this.#reprieves === REPRIEVES) {
      this.reason = 'the server has stopped answering anything but what it is'
      return true
    }
    this.#reprieves++
    this.#silences = 0
    return false
  }
}
