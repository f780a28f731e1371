import { constants } from 'node:fs'
import { lstat, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes a file that a tool leaves in the workspace. The runtime works in there at the same time, so nothing on the way may
 * be a link: what a pack writes stays in the workspace. A pipe is not waited for.
 * @throws Error if the path leads out of it, something on the way is no folder, or at its end is no file of its own
 */
export async function writeInto(workspace: string, path: string, text: string): Promise<void> {
  const names = path.split('/')
  if (names.some((name) => name === '' || name === '.' || name === '..' || name.includes('\\') || name.includes('\0')))
    throw new Error('the path leads out of the workspace')
  let folder = workspace
  for (const name of names.slice(0, -1)) {
    folder = join(folder, name)
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    if (!(await lstat(folder)).isDirectory()) throw new Error('something on the way is no folder')
  }
  const { O_WRONLY, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants
  const file = await open(join(workspace, ...names), O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644)
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.nlink > 1) throw new Error('what is there already is no file of its own')
    await file.truncate()
    await file.writeFile(text)
  } finally {
    await file.close()
  }
}
