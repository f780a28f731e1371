import { randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { AgentRunError } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import { type Lock, lockFile } from '@agent-run/sdk'
import { Failure, systemError } from '../failure.ts'

/** The file of a results folder that says what it is of. Its lock is that of the folder. */
export const STATE = 'bench.json'

/**
 * Sees to it that nobody else writes to a results folder meanwhile.
 * @throws Failure if somebody does; it says who, and what to do if that is nobody any more
 */
export const lockResults = (folder: string): Lock => {
  try {
    return lockFile(join(realpathSync(folder), STATE), randomUUID())
  } catch (cause) {
    const why = cause instanceof AgentRunError ? visible(cause.message) : systemError(cause)
    throw new Failure(`the results folder ${visibleName(folder)} cannot be written to: ${why}`, { cause })
  }
}
