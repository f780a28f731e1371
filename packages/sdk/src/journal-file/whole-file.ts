import { dirname } from 'node:path'
import { AgentRunError } from '@agent-run/core'
import { type FileSystem, nodeFileSystem, systemCode } from './file-system.ts'
import { syncFolder } from './folder.ts'

/**
 * Writes a file (mode 0600) that is there whole or not at all, even if the machine stops meanwhile.
 * @param token text that tells this writer from others
 * @param replaces whether a file that is there already may be replaced, by its content; without it none may
 * @throws AgentRunError `journal_file.exists`, `journal_file.unwritable`
 */
export function writeWhole(
  path: string,
  content: Uint8Array | string,
  token: string,
  files: FileSystem = nodeFileSystem,
  replaces: (content: Uint8Array) => boolean = () => false,
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
    if (hasLinked(files, draft, path)) files.remove(draft)
    else if (hasHeld(files, path) || mayReplace(files, path, replaces)) files.rename(draft, path)
    else
      throw new AgentRunError('journal_file.exists', `${path} is there already and is something else; it is left alone`)
    syncFolder(files, dirname(path))
  } catch (cause) {
    try {
      files.remove(draft)
    } catch {
      // It was never created, or the disk refuses this too: the first error is the one that counts.
    }
    if (cause instanceof AgentRunError) throw cause
    const code = systemCode(cause) ?? 'unknown error'
    throw new AgentRunError('journal_file.unwritable', `${path} cannot be written (${code})`, cause)
  }
}

/** Gives the draft the name, if nobody has it and the file system has hard links. */
function hasLinked(files: FileSystem, draft: string, path: string): boolean {
  try {
    files.link(draft, path)
    return true
  } catch {
    // exFAT and some network shares have none; what else may be wrong shows in the next attempt.
    return false
  }
}

/** Holds the name with an empty file until the draft gets it; false if somebody has it. */
function hasHeld(files: FileSystem, path: string): boolean {
  try {
    files.close(files.open(path, 'wx', 0o600))
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

function mayReplace(files: FileSystem, path: string, replaces: (content: Uint8Array) => boolean): boolean {
  let content: Uint8Array
  try {
    content = files.read(path)
  } catch {
    // A symbolic link, a folder, a pipe, or nothing that we may read: not ours.
    return false
  }
  return replaces(content)
}
