import { statSync } from 'node:fs'
import { Failure } from '../failure.ts'
import { printable } from '../http/show.ts'
import { judgeRecord } from '../record/index.ts'
import { sortOctets } from './deposit.ts'
import { filesOf, readFile } from './read-files.ts'

/** Milliseconds between two looks at a folder. */
const EVERY = 300

/**
 * Looks at a folder until `until` resolves, and says of every file that has come to rest what its records reach; after that
 * of those that are left. What counts in the end is judged from the files as they are then.
 * @throws {Failure} if there is no such folder
 */
export const watchFolder = async (
  folder: string,
  until: Promise<unknown>,
  say: (line: string) => void,
): Promise<void> => {
  filesOf(folder)
  const seen = new Map<string, { readonly state: string; readonly told: boolean }>()
  let over = false
  const ended = until.finally(() => {
    over = true
  })
  const look = (): void => {
    for (const file of present(() => filesOf(folder)) ?? []) {
      const state = present(() => `${statSync(file).size} ${statSync(file).mtimeMs}`)
      const before = seen.get(file)
      if (state === undefined || (before?.told && before.state === state)) continue
      const isAtRest = over || before?.state === state
      seen.set(file, { state, told: isAtRest })
      if (isAtRest) for (const line of tell(file)) say(line)
    }
  }
  while (!over) {
    look()
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, EVERY).unref())])
  }
  await ended
  look()
}

const tell = (file: string): readonly string[] => {
  const deposits = present(() => sortOctets(readFile(file), printable(file))) ?? []
  return deposits.flatMap(({ kind, octets, origin }) => {
    if (kind !== 'record') return []
    const { faults, omitted, level } = judgeRecord(octets)
    const count = faults.length + omitted
    return [`${origin}  ${level}${count === 0 ? '' : `, ${count} ${count === 1 ? 'fault' : 'faults'}`}`]
  })
}

const present = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch (error) {
    // A file that is written or moved just now; a folder that was taken away shows at the end.
    if (error instanceof Failure || typeof (error as NodeJS.ErrnoException).code === 'string') return undefined
    throw error
  }
}
