import { readData } from '../data/index.ts'
import { identity } from './identity.ts'
import type { Role } from './outcome.ts'
import { profileVersions } from './profile.ts'
import type { Report } from './report.ts'

/** With what this suite tests. */
export interface About {
  readonly suite: Report['suite']
  readonly profiles: readonly string[]
  /** For each role, sentences that have cases, and those that it is held to. */
  readonly sentences: Readonly<Record<Role, { readonly tested: number; readonly all: number }>>
}

/** Reads it from the data. */
export const about = (): About => {
  const { roles, untested } = readData('case-index.json') as unknown as Readonly<
    Record<'roles' | 'untested', Readonly<Record<Role, object>>>
  >
  const count = (role: Role): { readonly tested: number; readonly all: number } => {
    const tested = Object.keys(roles[role]).length
    return { tested, all: tested + Object.keys(untested[role]).length }
  }
  return {
    suite: identity(),
    profiles: profileVersions(),
    sentences: { server: count('server'), emitter: count('emitter'), verifier: count('verifier') },
  }
}

/** The same for people. */
export const describeAbout = ({ suite, profiles, sentences }: About): string => {
  const rows: readonly (readonly [string, string])[] = [
    ['suite', `${suite.name} ${suite.version}`],
    ['data', suite.data],
    ['profiles', profiles.join(', ')],
    ...Object.entries(sentences).map(
      ([role, { tested, all }]) => [role, `${tested} of ${all} sentences have cases`] as const,
    ),
  ]
  return rows.map(([name, value]) => `${name.padEnd(9)} ${value}\n`).join('')
}
