import type { Stage } from '../http/stage.ts'

/**
 * A case that is written as a program, because a list of exchanges cannot say it: time passes in it, an answer does not
 * end, or several requests are under way at once. Listed in `conformance/cases/http/code.json`.
 */
export interface CodeCase {
  readonly name: string
  readonly requirement: string
  readonly capability: string
  readonly description: string
  readonly fault: string
  readonly needs?: { readonly server_key?: boolean }
  /** What is wrong, one sentence each; empty if all is right. May throw Missing or Unprepared. */
  readonly run: (stage: Stage) => Promise<string[]>
}
