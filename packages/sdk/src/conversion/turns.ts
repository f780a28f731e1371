import type { RunDraft } from './run-draft.ts'

/** Which turn of a user the work belongs to, in a source whose unit spans several. */
export class Turns {
  readonly #run: RunDraft
  #count = 0
  #isOpen = false

  constructor(run: RunDraft) {
    this.#run = run
  }

  /** Words of a user: they begin a turn unless they follow other words of a user. */
  hear(): void {
    if (!this.#isOpen) this.#count++
    this.#isOpen = true
  }

  /** The agent works: the next words of a user begin a turn. */
  work(): void {
    this.#isOpen = false
  }

  /** Marks the steps that were added since, from this number of drafts on. */
  mark(from: number): void {
    if (this.#count === 0) return
    for (const { step } of this.#run.drafts.slice(from)) step.turn_id ??= this.#id(this.#count)
  }

  /** One turn is the run's; of several the steps say which. */
  settle(): void {
    const { drafts, members } = this.#run
    if (this.#count > 1) return
    for (const { step } of drafts) delete step.turn_id
    if (this.#count === 1) members.turn_id ??= this.#id(1)
  }

  /** The run is part of another one's turn. */
  inherit(turnId: string | undefined): void {
    for (const { step } of this.#run.drafts) delete step.turn_id
    if (turnId) this.#run.members.turn_id = turnId
  }

  #id(turn: number): string {
    return `${this.#run.id.slice(0, 100)}~turn-${turn}`
  }
}
