const sentences: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  EEXIST: 'there is something else of that name',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'no space left on the device',
  EROFS: 'the file system is read-only',
  EBUSY: 'it is in use',
  EIO: 'the device failed',
  ENXIO: 'the device is not there',
}

/** What the operating system said, in words; its code where there are none. What it did not say is thrown again. */
export function describeError(error: unknown): string {
  const code = codeOf(error)
  if (code === undefined) throw error
  return sentences[code] ?? code
}

/** The `code` of a system error, `ENOENT` for example. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
