import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '@agent-run/sdk'

/**
 * Makes a folder for journals and records, which only its owner may enter. One that is new gets a `.gitignore`, so that
 * records are not committed by accident. Throws what the file system throws.
 */
export function makeRecordFolder(path: string): void {
  if (!makeFolder(path, 0o700)) return
  try {
    writeFileSync(join(path, '.gitignore'), '# Records of runs, written by agent-run\n*\n', { flag: 'wx', mode: 0o600 })
  } catch {
    // Somebody else has just made one.
  }
}
