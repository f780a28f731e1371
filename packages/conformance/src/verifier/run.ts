import type { Json } from '../bytes/json.ts'
import { type CaseOutcome, loadRequirements, type Profile, selectCases } from '../suite/index.ts'
import { compareResult } from './compare.ts'
import { loadVectors } from './load.ts'
import { isAsked, isLevel, optionalCapabilities, type VerifierLevel, verifierLevels } from './operations.ts'
import { type Breakdown, type Played, playVectors } from './play.ts'
import { type HarnessOptions, type Reply, requestLine } from './session.ts'
import { shuffle } from './shuffle.ts'
import type { Vector } from './vector.ts'
import { createJudges, type Judge, loadVerdictChecks, type VerdictCheck } from './verdict-checks.ts'

/** How a verifier is put to the test. */
export interface VerifierTrial {
  readonly harness: HarnessOptions
  /** Seconds for everything. */
  readonly seconds: number
  readonly profile: Profile
  /** Level asked for; undefined for what the harness declares. */
  readonly level: string | undefined
  /** Patterns of `--only`. */
  readonly only: readonly string[]
  /** The order of sending rests on it. */
  readonly seed: string
  /** A shell line that starts the harness, for messages. */
  readonly shellLine: string
  readonly onProgress?: (done: number, all: number) => void
}

/** What came out. */
export interface VerifierResult extends Omit<Played, 'description' | 'unexplained'> {
  readonly name: string | null
  readonly version: string | null
  readonly capabilities: readonly string[]
  readonly outcomes: readonly CaseOutcome[]
}

/** Anything that `--only` can name: vectors and checks of all verdicts. */
export const loadCases = (profile: Profile): readonly (Vector | (VerdictCheck & { readonly id: string }))[] => [
  ...loadVectors(profile.roles.verifier),
  ...loadVerdictChecks().map((check) => ({ ...check, id: `verifier/${check.name}` })),
]

/** Longest request that is shown as a line to repeat, in characters. */
const LONG_REQUEST = 1000

/**
 * Plays the vectors of a level, and what `--only` selects of them, against a harness.
 * @throws {Failure} for a pattern of `--only` that selects nothing
 */
export const testVerifier = async (trial: VerifierTrial): Promise<VerifierResult> => {
  const selected = selectCases(trial.only, loadCases(trial.profile))
  const vectors = selected.filter((each): each is Vector => 'op' in each)
  const checks = selected.filter((each): each is VerdictCheck & { id: string } => !('op' in each))
  // A check of all verdicts needs verdicts, also if it was selected alone.
  const helpers =
    checks.length > 0 && trial.only.length > 0
      ? loadVectors(trial.profile.roles.verifier).filter(
          ({ op, id }) => (op === 'verify' || op === 'semantics') && !vectors.some((each) => each.id === id),
        )
      : []
  const judges = createJudges()
  const watched = checks.map((check) => watch(check, judges.get(check.name)!))
  const outcomes = new Map<string, CaseOutcome>()
  const isReported = new Set(vectors)
  // An optional operation may be missing, but not for the vectors alone that a harness would fail.
  const declined = new Set<Vector>()
  const shown = new Set<string>()
  let level: VerifierLevel | undefined
  let all = 0

  const record = (vector: Vector, status: CaseOutcome['status'], messages: readonly string[], seconds = 0): void => {
    if (!isReported.has(vector)) return
    const { id, requirement, capability } = vector
    const reproduce = status === 'fail' ? { reproduce: reproduceLine(vector, trial.shellLine) } : {}
    outcomes.set(id, { id, requirement, status, capability, messages, ...reproduce, seconds })
  }

  const played = await playVectors(trial.harness, trial.seconds, {
    choose(description) {
      level = isLevel(trial.level) ? trial.level : description.level
      const sent: Vector[] = []
      for (const op of description.ops ?? []) shown.add(op)
      for (const vector of [...vectors, ...helpers]) {
        const { capability, op } = vector
        if (!isAsked(level, capability)) record(vector, 'not_applicable', [`belongs to the level ${capability}`])
        else if (description.ops === undefined || description.ops.has(op)) sent.push(vector)
        else record(vector, ...unsupported(vector, level))
      }
      all = sent.length
      return shuffle(sent, trial.seed)
    },
    onReply(vector, reply) {
      const [status, messages] = judgeReply(vector, reply, level!)
      record(vector, status, messages, reply.seconds)
      if (reply.kind !== 'unsupported') shown.add(vector.op)
      else if (!isLevel(vector.capability)) declined.add(vector)
      if (reply.kind === 'result') for (const each of watched) each.look(vector, reply.result)
      trial.onProgress?.(outcomes.size, all)
    },
    onBroken(vector, how) {
      declined.delete(vector)
      record(vector, 'fail', [`the harness ${how}`])
    },
    onUnreached: (vector, why) => record(vector, 'untestable', [`not played: ${why}`]),
  })
  const { description, unexplained, ...rest } = played
  for (const vector of declined) {
    const { op } = vector
    if (shown.has(op)) record(vector, 'fail', [`the harness has ${op}, and says of this request that it does not`])
  }
  if (description === undefined)
    for (const vector of vectors) record(vector, 'untestable', [`not played: the harness ${played.trouble}`])
  const inOrder = [
    ...vectors.flatMap(({ id }) => outcomes.get(id) ?? []),
    ...watched.map((each) => each.outcome(level, trial.shellLine)),
  ]
  return {
    ...rest,
    name: description?.name ?? null,
    version: description?.version ?? null,
    capabilities: description === undefined ? [] : capabilitiesOf(description.level, [...outcomes.values()]),
    outcomes: unexplained === undefined ? inOrder : [...inOrder, ...keepsTheProtocol(unexplained, inOrder)],
  }
}

/**
 * The case of a harness that broke down over no request alone. No sentence of the standard is about harnesses, and without
 * one nothing is scored: it stands under that of a request that was open, else of another case that passed, which is then
 * not proven.
 */
const keepsTheProtocol = ({ how, open }: Breakdown, outcomes: readonly CaseOutcome[]): readonly CaseOutcome[] => {
  const sentences = loadRequirements()
  const passed = outcomes.filter(({ status }) => status === 'pass')
  const scored = passed.filter(({ requirement }) => sentences.get(requirement)?.level !== 'SHOULD')
  const marked =
    scored.find(({ id }) => open.some((vector) => vector.id === id)) ??
    scored.at(-1) ??
    passed.at(-1) ??
    outcomes.at(-1)
  if (marked === undefined) return []
  const { requirement, capability } = marked
  const when =
    open.length === 0
      ? 'at the end of its input'
      : `while ${open.length} requests were unanswered; sent one at a time they were answered`
  return [
    {
      id: 'verifier/keeps_the_protocol',
      requirement,
      status: 'untestable',
      ...(capability === undefined ? {} : { capability }),
      messages: [`the harness ${how}, ${when}`],
      seconds: 0,
    },
  ]
}

type Judged = readonly [CaseOutcome['status'], readonly string[]]

const unsupported = ({ capability, op }: Vector, level: VerifierLevel): Judged =>
  !isLevel(capability)
    ? ['not_applicable', [`the harness does not have ${op}, which is optional`]]
    : ['fail', [`the harness does not have ${op}, which a verifier of the level ${level} needs`]]

const judgeReply = (vector: Vector, reply: Reply, level: VerifierLevel): Judged => {
  if (reply.kind !== 'result')
    return reply.kind === 'unsupported'
      ? unsupported(vector, level)
      : ['fail', ['the harness reports that the verifier broke down']]
  const messages = compareResult(vector, reply.result, level)
  return [messages.length === 0 ? 'pass' : 'fail', messages]
}

const capabilitiesOf = (declared: VerifierLevel, outcomes: readonly CaseOutcome[]): readonly string[] => [
  ...verifierLevels.filter((level) => isAsked(declared, level)),
  ...optionalCapabilities.filter((each) =>
    outcomes.some(({ capability, status }) => capability === each && status !== 'not_applicable'),
  ),
]

const reproduceLine = ({ id, op, input }: Vector, shellLine: string): string => {
  const request = requestLine(1, op, input)
  return request.length <= LONG_REQUEST
    ? `printf '%s\\n' '${request.replaceAll("'", `'\\''`)}' | ${shellLine}`
    : `agent-run-conformance verifier --only ${id} -- ${shellLine}`
}

interface Watched {
  readonly look: (vector: Vector, result: Json) => void
  readonly outcome: (level: VerifierLevel | undefined, shellLine: string) => CaseOutcome
}

/** Holds one check against all answers. */
const watch = ({ id, requirement, capability }: VerdictCheck & { readonly id: string }, judge: Judge): Watched => {
  let looked = 0
  const faults: string[] = []
  let example: Vector | undefined
  return {
    look(vector, result) {
      const fault = judge(result, vector)
      if (fault === null) return
      looked++
      if (fault === undefined) return
      example ??= vector
      faults.push(`${vector.id}: ${fault}`)
    },
    outcome(level, shellLine) {
      const base = { id, requirement, capability, seconds: 0 }
      if (level !== undefined && !isAsked(level, capability))
        return { ...base, status: 'not_applicable', messages: [`belongs to the level ${capability}`] }
      if (looked === 0)
        return { ...base, status: 'untestable', messages: ['no verdict was given that it could look at'] }
      if (example === undefined) return { ...base, status: 'pass', messages: [] }
      const more = faults.length > 3 ? [`and ${faults.length - 3} more of ${looked}`] : []
      return {
        ...base,
        status: 'fail',
        messages: [...faults.slice(0, 3), ...more],
        reproduce: reproduceLine(example, shellLine),
      }
    },
  }
}
