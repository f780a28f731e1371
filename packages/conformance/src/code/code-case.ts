import type { Stage } from '../http/stage.ts'

/**
 * A case that is written as a program, because a list of exchanges cannot say it: time passes in it, an answer does not
 * end, or several requests are under way at once. Listed in `conformance/cases/http/code.json`.
 */
export interface CodeCase {
  /** Path of the case among those of the data: `http/code/body_cut`. */
  readonly id: string
  readonly name: string
  readonly requirement: string
  readonly capability: string
  readonly description: string
  readonly fault: string
  readonly needs?: { readonly server_key?: boolean }
  /** What is wrong, one sentence each; empty if all is right. May throw Missing or Unprepared. */
  readonly run: (stage: Stage) => Promise<string[]>
}

/** A case as it is written; its id is made of its name. */
export type WrittenCodeCase = Omit<CodeCase, 'id'>
