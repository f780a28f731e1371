import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Failure } from '../failure.ts'
import { printable } from '../http/show.ts'
import {
  assembleReport,
  type CaseOutcome,
  exitCodeOf,
  identity,
  loadProfile,
  type Profile,
  profileVersions,
  type ReportSubject,
  type Role,
  readBaseline,
} from '../suite/index.ts'
import { checkFiles, writeReports } from './report-files.ts'
import type { SharedOptions } from './shared-options.ts'

/** What is known before anything is tested: the options, read and found right. */
export interface Preparation {
  readonly role: Role
  readonly options: SharedOptions
  readonly profile: Profile
  /** Capabilities that a subject of the level that is asked for has to have; empty without one. */
  readonly capabilities: readonly string[]
  readonly seed: string
  readonly baseline: readonly string[] | null
  readonly started: Date
}

/** What a role hands over at its end. */
export interface TrialResult {
  readonly subject: ReportSubject
  readonly outcomes: readonly CaseOutcome[]
  /** Capabilities whose sentences are judged, if not those of the subject and of the level. */
  readonly capabilities?: readonly string[]
}

/**
 * Reads the options that all roles share, so that a mistake in them is told before anything is tested. Call first.
 * @param inputs files that are read beside the baseline; nothing is written to them
 * @throws {Failure} for a profile or level that there is not, a baseline that cannot be read, a file that cannot be written
 */
export const beginTrial = (
  role: Role,
  options: SharedOptions,
  inputs: () => readonly (string | undefined)[] = () => [],
): Preparation => {
  const { level } = options
  const profile = profileOf(options.profile)
  const { levels } = profile.roles[role]
  const asked = levels.find(({ name }) => name === level)
  if (level !== undefined && asked === undefined) {
    const names = levels.map(({ name }) => name).join(', ')
    throw new Failure(
      `"${printable(level)}" is no level of ${role === 'emitter' ? 'an' : 'a'} ${role}; there are ${names}`,
    )
  }
  checkFiles(options, inputs)
  return {
    role,
    options,
    profile,
    capabilities: asked?.capabilities ?? [],
    seed: options.seed ?? randomBytes(6).toString('hex'),
    baseline: baselineOf(options.baseline),
    started: new Date(),
  }
}

/**
 * Judges what came out, writes all reports that were asked for and says how the program ends: 0, 1 or 2. Call last.
 * @throws {Failure} for a report that cannot be written
 */
export const finish = async (preparation: Preparation, result: TrialResult): Promise<number> => {
  const { role, options, profile, seed, baseline, started } = preparation
  const report = assembleReport({
    role,
    profile,
    level: options.level ?? null,
    only: options.only,
    seed,
    started,
    ended: new Date(),
    baseline,
    suite: identity(),
    ...result,
    subject: {
      ...result.subject,
      ...(options.subjectName === undefined ? {} : { name: options.subjectName }),
      ...(options.subjectVersion === undefined ? {} : { version: options.subjectVersion }),
    },
  })
  // Whoever stops reading what is printed (`| head`) ends the program, with the code that it has earned.
  process.exitCode = exitCodeOf(report)
  await writeReports(report, options)
  return exitCodeOf(report)
}

const profileOf = (version: string): Profile => {
  const known = profileVersions()
  if (known.includes(version)) return loadProfile(version)
  throw new Failure(`there is no profile "${printable(version)}"; there is ${known.join(', ') || 'none at all'}`)
}

const baselineOf = (path: string | undefined): readonly string[] | null => {
  if (path === undefined) return null
  try {
    return readBaseline(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason =
      error instanceof SyntaxError ? error.message : ((error as NodeJS.ErrnoException).code ?? 'unreadable')
    throw new Failure(`the baseline ${printable(path)} cannot be used: ${reason}`, { cause: error })
  }
}
