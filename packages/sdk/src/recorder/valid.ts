import { type SchemaName, validate } from '@agent-run/core'
import type { Faults } from './faults.ts'

/**
 * Makes sure that what goes into the journal is valid: members that are not are left out, each a fault. A caller's slip
 * must cost one member, not the record.
 *
 * @param object plain JSON
 * @returns the object, a copy without the members at fault, or `undefined` if it cannot be saved that way
 */
export function keepValid<T extends object>(schema: SchemaName, object: T, faults: Faults): T | undefined {
  let kept: Record<string, unknown> = object as Record<string, unknown>
  for (let round = 0; round < 8; round++) {
    const { ok, findings } = validate(kept as object, { schema, semantics: false, limit: 20 })
    if (ok) return kept as T
    const wrong = new Set(findings.filter(({ severity }) => severity === 'error').map(({ path }) => firstMember(path)))
    const removable = [...wrong].filter((name) => name !== '' && Object.hasOwn(kept, name))
    if (removable.length === 0) break
    for (const name of removable)
      faults.report('recorder.member_refused', `${schema}: ${name} is not what the standard allows and is left out`)
    kept = Object.fromEntries(Object.entries(kept).filter(([name]) => !wrong.has(name)))
  }
  faults.report('recorder.object_refused', `what was given is no ${schema} and is not recorded`)
  return undefined
}

const firstMember = (path: string): string => (path.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
