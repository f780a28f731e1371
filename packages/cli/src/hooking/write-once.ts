import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

/** What file systems without hard links answer: exFAT and network shares each have their own. */
const linkless: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'ENOSYS'])

/**
 * Writes a new file (mode 0600), whole or not at all. Of any number of processes that try at once one does it. On a file
 * system without hard links a process that is killed meanwhile leaves part of it.
 *
 * @param link gives a file a second name
 * @returns whether it was this one; false if there is something of that name already. Throws what the file system throws.
 */
export function writeOnce(path: string, text: string, link: typeof linkSync = linkSync): boolean {
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    create(draft, text)
    try {
      link(draft, path)
    } catch (error) {
      if (!linkless.has((error as NodeJS.ErrnoException).code)) throw error
      create(path, text)
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Creates a file with this text, on the disk; what could not be written to its end is removed. */
function create(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

/** A record that is there already: which run it is of and its hash; undefined where there is none, or something else. */
export function readWritten(
  path: string,
): { readonly id: unknown; readonly recordHash: string | undefined } | undefined {
  try {
    const { id, provenance } = JSON.parse(readFileSync(path, 'utf8')) as {
      readonly id?: unknown
      readonly provenance?: { readonly record_hash?: unknown }
    }
    const hash = provenance?.record_hash
    return { id, recordHash: typeof hash === 'string' ? hash : undefined }
  } catch {
    return undefined
  }
}
