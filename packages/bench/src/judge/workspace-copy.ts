import { copyFile, lstat, mkdir, realpath, rm, symlink } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { compileGlobs } from '../matching/glob.ts'
import { type Entry, type FolderView, viewFolder } from './folder-view.ts'
import { isOfRecorder } from './recorder-folder.ts'

/**
 * Copies a workspace for a command, so that judging changes no evidence. Links are kept only if they end at something inside, and then
 * name that place itself; pipes, devices and sockets are left out, and so is the folder of a recorder: what counts as no change of
 * the agent's must not help it either.
 * @param most octets that its files may have together @throws system errors; one with the code `EFBIG` if it is larger
 */
export async function copyWorkspace(from: string, to: string, most: number): Promise<void> {
  await mkdir(to, { recursive: true })
  const root = await realpath(from).catch(() => undefined)
  if (root === undefined) return
  let size = 0
  for (const entry of await viewFolder(root).entries()) {
    if (isOfRecorder(entry.path)) continue
    // A file may be said to be larger than any disk; nothing of it is written then.
    if (entry.kind === 'file') size += (await lstat(join(root, entry.path))).size
    if (size > most) throw Object.assign(new Error('the workspace is too large'), { code: 'EFBIG' })
    await copyEntry(entry, root, to)
  }
}

const copyEntry = async ({ path, kind }: Entry, from: string, to: string): Promise<void> => {
  const target = join(to, ...path.split('/'))
  if (kind === 'folder') await mkdir(target, { recursive: true })
  if (kind === 'file') await copyFile(join(from, ...path.split('/')), target)
  if (kind !== 'link') return
  const end = await realpath(join(from, ...path.split('/'))).catch(() => undefined)
  if (end?.startsWith(`${from}${sep}`)) await symlink(relative(dirname(target), join(to, relative(from, end))), target)
}

/**
 * Puts files back as they are in the fixture: what fits the patterns is removed from the copy, then copied from the fixture. What stands
 * in the way of it, such as a link in place of a folder, is removed too, so nothing is written through a link.
 * @param fixture an absolute path; undefined: an empty one
 */
export async function restore(fixture: string | undefined, copy: string, patterns: readonly string[]): Promise<void> {
  const fits = compileGlobs(patterns)
  for (const { path } of await fitting(viewFolder(copy), fits))
    await rm(join(copy, ...path.split('/')), { force: true })
  if (fixture === undefined) return
  const root = await realpath(fixture)
  for (const entry of await fitting(viewFolder(root), fits)) {
    await clearWay(copy, entry.path.split('/'))
    await copyEntry(entry, root, copy)
  }
}

const fitting = async (view: FolderView, fits: (path: string) => boolean): Promise<Entry[]> =>
  (await view.entries()).filter(({ path, kind }) => kind !== 'folder' && fits(path))

/** Makes the folders that a file stands in, real ones, and removes what stands at its own place. */
const clearWay = async (copy: string, names: readonly string[]): Promise<void> => {
  for (let count = 1; count < names.length; count++) {
    const folder = join(copy, ...names.slice(0, count))
    const found = await lstat(folder).catch(() => undefined)
    if (found?.isDirectory()) continue
    await rm(folder, { force: true })
    await mkdir(folder)
  }
  await rm(join(copy, ...names), { force: true, recursive: true })
}
