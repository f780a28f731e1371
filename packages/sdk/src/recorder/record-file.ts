import type { AgentRun } from '@agent-run/types'
import { type FileSystem, writeWhole } from '../journal-file/index.ts'

/** Where the finished record goes. */
export interface RecordFile {
  /** Path of the record, once it is written. */
  readonly written: string | undefined
  /** @throws AgentRunError `journal_file.unwritable` */
  write(record: AgentRun): void
}

/** The file beside the journal, mode 0600, there whole or not at all. */
export function createRecordFile(path: string, token: string, files: FileSystem | undefined): RecordFile {
  let written: string | undefined
  return {
    get written() {
      return written
    },
    write(record) {
      writeWhole(path, `${JSON.stringify(record, null, 2)}\n`, token, files)
      written = path
    },
  }
}
