import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { styleOf, visibleName, wantsColour } from '@agent-run/core/text'
import { makeFolder } from '@agent-run/sdk'
import { Failure } from '../../failure.ts'
import { codeOf, describeError } from '../../input/system-error.ts'
import { replaceFile } from '../../sealing/write-result.ts'
import { askYesNo } from '../../terminal/ask-yes-no.ts'
import { lineDiff } from './line-diff.ts'

/** How a change is made. */
export interface ChangeOptions {
  readonly dryRun?: boolean
  readonly yes?: boolean
  readonly color?: boolean
}

/**
 * Shows a change of a file, asks, and makes it: whole or not at all, with the permissions that the file has. Throws `Failure`
 * if it cannot, or if somebody else has changed the file meanwhile.
 *
 * @param before undefined if there is no file
 * @param after undefined to remove it
 * @returns whether it was made
 */
export async function changeFile(
  path: string,
  before: string | undefined,
  after: string | undefined,
  options: ChangeOptions,
): Promise<boolean> {
  const style = styleOf(
    wantsColour({ option: options.color, env: process.env, isTerminal: process.stdout.isTTY === true }),
  )
  process.stdout.write(lineDiff(before ?? '', after ?? '', path, style))
  if (options.dryRun) {
    process.stderr.write('nothing was written (--dry-run)\n')
    return false
  }
  const question = after === undefined ? `Remove ${visibleName(path)}? [y/N] ` : `Write ${visibleName(path)}? [y/N] `
  if (!options.yes && !(await askYesNo(question))) {
    process.stderr.write('nothing was written\n')
    return false
  }
  if (contentOf(path) !== before)
    throw new Failure(`${visibleName(path)} was changed by somebody else just now; it is left as it is, try again`)
  try {
    if (after === undefined) rmSync(path)
    else {
      makeFolder(dirname(path), 0o777)
      replaceFile(path, after)
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(`${visibleName(path)} cannot be changed: ${describeError(error)}`, { cause: error })
  }
  return true
}

const contentOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Failure(`${visibleName(path)} cannot be read: ${describeError(error)}`, { cause: error })
  }
}
