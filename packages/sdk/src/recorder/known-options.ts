import { nearest } from '@agent-run/core'
import type { Faults } from './faults.ts'
import type { RecorderOptions } from './options.ts'
import type { RunStart } from './run-start.ts'

/** Every option there is. */
const known: { readonly [name in keyof RecorderOptions]-?: true } = {
  directory: true,
  fsync: true,
  signer: true,
  headEvery: true,
  ask: true,
  approvalExpiresIn: true,
  policy: true,
  redact: true,
  previewLength: true,
  cwd: true,
  inferEffects: true,
  prices: true,
  strict: true,
  onFault: true,
  server: true,
  live: true,
  transport: true,
  answerWithin: true,
  timer: true,
  clock: true,
  newId: true,
  random: true,
  files: true,
}
const names = Object.keys(known)

const shown = (name: string): string => JSON.stringify(name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd').slice(0, 40))

/** Reports options that nobody knows: a misspelt `signer` would leave the record unsealed, and nobody would notice. */
export function reportUnknownOptions(options: RecorderOptions, faults: Faults): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue
    const meant = nearest(name, names)
    faults.report(
      'recorder.option_refused',
      `${shown(name)} is no option and is ignored${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    )
  }
}

/** A run without the options that were given among its members, where they would be recorded instead of obeyed. */
export function withoutOptions(start: RunStart, faults: Faults): RunStart {
  if (typeof start !== 'object' || start === null) return start
  const misplaced = names.filter((name) => Object.hasOwn(start, name))
  if (misplaced.length === 0) return start
  for (const name of misplaced)
    faults.report(
      'recorder.option_refused',
      `"${name}" is an option and no member of a run; expected in the second argument`,
    )
  return Object.fromEntries(Object.entries(start).filter(([name]) => !misplaced.includes(name))) as unknown as RunStart
}
