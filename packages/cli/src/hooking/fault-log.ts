import { join } from 'node:path'
import { makeFolder } from '@agent-run/sdk'
import { makeRecordFolder } from '../records/record-folder.ts'
import { appendLine, logFolder } from './hook-log.ts'

/** Where it is written what went wrong. */
export const faultLogOf = (directory: string): string => join(logFolder(directory), 'hook.log')

/** Makes the folder of the logs. Throws what the file system throws. */
export function makeLogFolder(directory: string): void {
  makeRecordFolder(directory)
  makeFolder(logFolder(directory), 0o700)
}

/** Writes down what went wrong, in one line. Never throws: there is nobody left to tell. */
export function noteFault(directory: string, what: string, error?: unknown): void {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  const why = [code, message].find((word) => typeof word === 'string')
  const text = `${what}${why === undefined ? '' : `: ${String(why)}`}`
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, 500)
  const line = `${new Date().toISOString()} ${text}`
  try {
    if (appendLine(faultLogOf(directory), line)) return
    makeLogFolder(directory)
    appendLine(faultLogOf(directory), line)
  } catch {
    // The folder cannot be written: that is the fault.
  }
}
