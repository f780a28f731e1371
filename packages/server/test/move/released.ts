import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../live/setup.ts'

/** The same store in a file of its own: this process may hold one that it has closed until memory is collected. */
export const released = (store: string): string => {
  const path = store.slice('sqlite:'.length)
  const copy = join(temporaryFolder(), 'copy.db')
  for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end)
  return `sqlite:${copy}`
}
