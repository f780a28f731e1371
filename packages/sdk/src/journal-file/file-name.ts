import { digest } from '@agent-run/core'

const portable = /^[A-Za-z0-9](?:[A-Za-z0-9_~-]|\.(?!\.)){0,127}$/

/** Names that are devices on Windows, whatever ending they have. */
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i

/**
 * A run's id as the beginning of a file name: as it is where it is safe everywhere, else its digest. An id is whatever
 * its producer chose, `../../etc/passwd` included.
 */
export const fileNameOf = (id: string): string =>
  portable.test(id) && !id.endsWith('.') && !device.test(id)
    ? id
    : `run-${digest(id).slice('sha256:'.length, 'sha256:'.length + 32)}`
