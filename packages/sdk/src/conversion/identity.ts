import { digest } from '@agent-run/core'
import { redact } from '../preview/index.ts'

const portable = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/

/**
 * An id that is safe wherever ids go (files, addresses, terminals): as it is, or cleaned and told apart by a digest. A
 * secret of a known shape in it is replaced, always: an id is shown everywhere.
 */
export function portableId(id: string): string {
  const harmless = redact(id)
  if (harmless === id && portable.test(id)) return id
  const cleaned = harmless
    .slice(0, 80)
    .replace(/[^A-Za-z0-9._~-]/g, '_')
    .replace(/^[^A-Za-z0-9]+/, '')
  return `${cleaned === '' ? 'id' : cleaned}-${digest(id).slice('sha256:'.length, 'sha256:'.length + 12)}`
}

/**
 * An id that nothing else has: the one that is wanted, or a free one of `id~2`, `id~3` …, the first if they were taken
 * in turn. It is taken then.
 *
 * @param form what every id goes through, such as `portableId`
 */
export function takeId(wanted: string, taken: Set<string>, form: (id: string) => string = (id) => id): string {
  const isTaken = (copy: number): boolean => taken.has(form(`${wanted}~${copy}`))
  let id = form(wanted)
  if (taken.has(id)) {
    // By doubling and halving: a source may repeat one id a hundred thousand times.
    let [below, free] = [1, 2]
    while (isTaken(free)) [below, free] = [free, free * 2]
    while (free - below > 1) {
      const middle = Math.floor((below + free) / 2)
      if (isTaken(middle)) below = middle
      else free = middle
    }
    id = form(`${wanted}~${free}`)
  }
  taken.add(id)
  return id
}
