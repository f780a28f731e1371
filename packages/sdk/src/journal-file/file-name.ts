import { digest } from '@agent-run/core'

const portable = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/

/**
 * A run's id as the beginning of a file name: as it is where it is safe everywhere, else its digest. An id is whatever
 * its producer chose, `../../etc/passwd` included.
 */
export const fileNameOf = (id: string): string =>
  portable.test(id) && !id.endsWith('.') ? id : `run-${digest(id).slice('sha256:'.length, 'sha256:'.length + 32)}`
