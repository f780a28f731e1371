import { join } from 'node:path'
import { canonicalize, foldJournal, readJournal } from '@agent-run/core'
import { type FileSystem, fileNameOf } from '../journal-file/index.ts'

/**
 * The journal that tells of exactly this record, from the folder where both were written. Another run may have had the
 * same id: what a journal is called proves nothing, what it folds to does.
 * @param record UTF-8, in canonical form
 */
export function journalOfRecord(folder: string, record: Uint8Array, files: FileSystem): Uint8Array | undefined {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(record)
  const { id } = JSON.parse(text) as { readonly id?: unknown }
  if (typeof id !== 'string') return undefined
  const start = fileNameOf(id)
  for (const { name } of files.list(folder)) {
    if (name !== `${start}.journal` && !(name.startsWith(`${start}~`) && name.endsWith('.journal'))) continue
    const octets = files.read(join(folder, name))
    const { run } = foldJournal(readJournal(octets))
    if (run !== undefined && canonicalize(run) === text) return octets
  }
  return undefined
}
