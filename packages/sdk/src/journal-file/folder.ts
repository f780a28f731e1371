import type { FileSystem } from './file-system.ts'

/** Makes the entry of a new file durable; not every system can. */
export function syncFolder(files: FileSystem, path: string): void {
  let descriptor: number | undefined
  try {
    descriptor = files.open(path, 'r')
    files.sync(descriptor)
  } catch {
    // Windows has no such thing; the file itself is synced all the same.
  } finally {
    if (descriptor !== undefined) files.close(descriptor)
  }
}
