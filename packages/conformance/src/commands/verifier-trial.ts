import { exit, Failure } from '../failure.ts'
import { printable } from '../http/show.ts'
import { type CaseOutcome, selectCases } from '../suite/index.ts'
import {
  harnessEnvironment,
  isAsked,
  joinCommand,
  loadCases,
  splitCommand,
  testVerifier,
  type VerifierLevel,
  type VerifierResult,
  verifierLevels,
} from '../verifier/index.ts'
import { createProgress } from './progress.ts'
import { beginTrial, finish, type Preparation } from './trial.ts'
import type { VerifierOptions } from './verifier.ts'

/** Seconds for everything, unless something else is asked for. */
const MOST_SECONDS = 600

/**
 * Tests a verifier and reports.
 * @returns the exit code
 * @throws {Failure} for options that cannot be used
 */
export const runVerifier = async (words: readonly string[], options: VerifierOptions): Promise<number> => {
  const trial = beginTrial('verifier', options)
  if (options.list) return list(trial)
  const command = commandOf(words, options.command)
  const shellLine = printable(joinCommand(command))
  const progress = createProgress(options.quiet)
  const result = await testVerifier({
    harness: {
      command,
      environment: harnessEnvironment(process.env, options.env),
      startSeconds: options.startTimeout,
      answerSeconds: options.answerTimeout,
    },
    seconds: options.timeout ?? MOST_SECONDS,
    profile: trial.profile,
    level: options.level,
    only: options.only,
    seed: trial.seed,
    shellLine,
    onProgress: (done, all) => progress.update(() => `${done} of ${all} cases`),
  }).finally(() => progress.hide())
  tellTrouble(result)
  tellLevels(result.outcomes)
  const { name, version, capabilities, outcomes } = result
  return finish(trial, { subject: { name, version, address: shellLine, capabilities }, outcomes })
}

const commandOf = (words: readonly string[], text: string | undefined): readonly string[] => {
  if (text === undefined && words.length === 0)
    throw new Failure('there is nothing to test; name the program with --command "…", or its words after --')
  if (text === undefined) return words
  if (words.length > 0) throw new Failure('the program is named twice, with --command and after --')
  try {
    return splitCommand(text)
  } catch (error) {
    throw new Failure(`--command cannot be used: ${(error as SyntaxError).message}`, { cause: error })
  }
}

/** What went wrong with the harness as such, on standard error, with the last that it said there itself. */
const tellTrouble = ({ trouble, isLate, stderr }: VerifierResult): void => {
  if (isLate) process.stderr.write('note: the harness did not end with its input and was ended\n')
  if (trouble === undefined) return
  process.stderr.write(`note: the harness ${printable(trouble)}\n`)
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  for (const line of lines.slice(-10)) process.stderr.write(`  its standard error: ${printable(line.slice(0, 300))}\n`)
}

/** That everything selected is above the level would otherwise look as if there was nothing to test. */
const tellLevels = (outcomes: readonly CaseOutcome[]): void => {
  if (outcomes.some(({ status }) => status !== 'not_applicable')) return
  const levels = verifierLevels.filter((level) => outcomes.some(({ capability }) => capability === level))
  if (levels.length === 0) return
  process.stderr.write(
    `note: what --only names is of the level ${levels.join(', ')}; --level ${levels.at(-1)} plays it\n`,
  )
}

const list = ({ profile, options }: Preparation): number => {
  const level: VerifierLevel = verifierLevels.find((each) => each === options.level) ?? 'accountable'
  const cases = selectCases(options.only, loadCases(profile))
  const shown = cases.filter(({ capability }) => isAsked(level, capability))
  process.stdout.write(
    shown.map(({ id, requirement, capability }) => `${id}\t${requirement}\t${capability}\n`).join(''),
  )
  const counts = [...new Set(cases.map(({ capability }) => capability))].flatMap((name) => {
    const number = shown.filter(({ capability }) => capability === name).length
    return number === 0 ? [] : [`${number} ${name}`]
  })
  process.stderr.write(`${shown.length} cases${counts.length === 0 ? '' : `: ${counts.join(', ')}`}\n`)
  return exit.passed
}
