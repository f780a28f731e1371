import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { visibleName } from '@agent-run/core/text'
import { Failure, systemError } from './failure.ts'

/**
 * The octets of a file that somebody has named. A pipe is not waited for, and what has no end, such as a device, is not
 * begun, also behind a link.
 * @param most octets that it may have
 * @param what it is to be, for the sentence: `a report`
 * @throws Failure if it is no file, too large, or cannot be read
 */
export const readFileOf = (path: string, most: number, what: string): Buffer => {
  let file: number | undefined
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stat = fstatSync(file)
    if (!stat.isFile()) throw new Failure(`${visibleName(path)} is no file`)
    if (stat.size > most) throw new Failure(`${visibleName(path)} is larger than ${what} can be: at most ${most} bytes`)
    return readFileSync(file)
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(`${visibleName(path)} cannot be read (${systemError(cause)})`, { cause })
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
