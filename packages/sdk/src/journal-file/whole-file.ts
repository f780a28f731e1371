import { AgentRunError } from '@agent-run/core'
import { type FileSystem, nodeFileSystem, systemCode } from './file-system.ts'

/**
 * Writes a file (mode 0600) that is there whole or not at all, even if the machine stops meanwhile.
 * @param token text that tells this writer from others
 * @throws AgentRunError `journal_file.unwritable`
 */
export function writeWhole(
  path: string,
  content: Uint8Array | string,
  token: string,
  files: FileSystem = nodeFileSystem,
): void {
  const draft = `${path}.${token}`
  try {
    const descriptor = files.open(draft, 'wx', 0o600)
    try {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      for (let at = 0; at < bytes.length; ) at += files.write(descriptor, bytes, at)
      files.sync(descriptor)
    } finally {
      files.close(descriptor)
    }
    files.rename(draft, path)
  } catch (cause) {
    try {
      files.remove(draft)
    } catch {
      // It was never created, or the disk refuses this too: the first error is the one that counts.
    }
    const code = systemCode(cause) ?? 'unknown error'
    throw new AgentRunError('journal_file.unwritable', `${path} cannot be written (${code})`, cause)
  }
}
