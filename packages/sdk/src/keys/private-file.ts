import { closeSync, constants, fstatSync, fsyncSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { sep } from 'node:path'
import { AgentRunError } from '@agent-run/core'
import { systemCode } from '../journal-file/file-system.ts'

/** Windows has no mode bits that say who may read. */
const hasModes = sep === '/'

/**
 * Writes a file that only its owner may read (mode 0600), whole or not at all.
 * @throws AgentRunError `key.exists` rather than overwrite anything, `key.unwritable`
 */
export function writePrivateFile(path: string, text: string): void {
  let descriptor: number
  try {
    descriptor = openSync(path, 'wx', 0o600)
  } catch (cause) {
    if ((cause as { code?: string }).code === 'EEXIST')
      throw new AgentRunError('key.exists', `${path} exists; a key file is never overwritten`, cause)
    throw new AgentRunError('key.unwritable', `${path} cannot be created`, cause)
  }
  try {
    const bytes = new TextEncoder().encode(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at)
    fsyncSync(descriptor)
    closeSync(descriptor)
  } catch (cause) {
    abandon(path, descriptor)
    throw new AgentRunError('key.unwritable', `${path} cannot be written`, cause)
  }
}

/** Half a key is in the way of the next attempt. */
function abandon(path: string, descriptor: number): void {
  try {
    unlinkSync(path)
    closeSync(descriptor)
  } catch {
    // The disk refuses this too: the first error is the one that counts.
  }
}

/** Why a file cannot be opened, in words where the cause is a usual one. */
const reasonOf = (cause: unknown): string => {
  const code = systemCode(cause)
  if (code === 'ENOENT') return 'there is no such file'
  return code === 'EACCES' ? 'permission denied' : (code ?? 'the system refuses it')
}

/**
 * Reads a file that only its owner may read. The permissions are those of the file that was opened, so it cannot be
 * swapped in between. A pipe or a device is not waited for.
 * @throws AgentRunError `key.unreadable`, `key.permissions` if group or others may read or write it
 */
export function readPrivateFile(path: string): string {
  let descriptor: number
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (cause) {
    throw new AgentRunError('key.unreadable', `the key file ${path} cannot be opened: ${reasonOf(cause)}`, cause)
  }
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw new AgentRunError('key.unreadable', `${path} is no file; expected a key file`)
    const mode = stats.mode & 0o777
    if (hasModes && (mode & 0o077) !== 0)
      throw new AgentRunError(
        'key.permissions',
        `the key file ${path} has mode ${mode.toString(8).padStart(4, '0')}, so others can read or change it; expected 0600: chmod 600 it, and make a new key if somebody may have read it`,
      )
    if (stats.size > 65_536) throw new AgentRunError('key.unreadable', `${path} is too large for a key file`)
    return new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(readFileSync(descriptor))
  } finally {
    closeSync(descriptor)
  }
}
