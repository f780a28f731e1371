import { resolve } from 'node:path'
import { AgentRunError } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { type FileSystem, writeWhole } from '../journal-file/index.ts'

/** Where the finished record goes. */
export interface RecordFile {
  /** Path of the record, once it is written. */
  readonly written: string | undefined
  /**
   * Writes it. Whatever else has its name is left alone; the record then gets a name of its own.
   * @throws AgentRunError `journal_file.unwritable`, and `journal_file.exists` when it had to take another name
   */
  write(record: AgentRun): void
}

/** The file beside the journal, mode 0600, there whole or not at all. */
export function createRecordFile(given: string, token: string, files: FileSystem | undefined): RecordFile {
  const path = absolute(given)
  let written: string | undefined
  return {
    get written() {
      return written
    },
    write(record) {
      const text = `${JSON.stringify(record, null, 2)}\n`
      try {
        writeWhole(path, text, token, files, (content) => isRecordOf(record, content))
        written = path
      } catch (error) {
        if (!(error instanceof AgentRunError) || error.code !== 'journal_file.exists') throw error
        const other = path.replace(/(?:\.json)?$/, `~${token}.json`)
        writeWhole(other, text, token, files)
        written = other
        throw new AgentRunError(error.code, `${error.message}; the record is ${other}`, error)
      }
    },
  }
}

/** As it is now: a process may change its folder meanwhile, or even have none any more. */
const absolute = (path: string): string => {
  try {
    return resolve(path)
  } catch {
    return path
  }
}

/** Whether a file holds an earlier record of the same run: that has its nonce, which is drawn when a run starts. */
function isRecordOf({ id, provenance }: AgentRun, content: Uint8Array): boolean {
  try {
    const found = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content))
    return found?.id === id && provenance.nonce !== undefined && found?.provenance?.nonce === provenance.nonce
  } catch {
    return false
  }
}
