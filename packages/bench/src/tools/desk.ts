import { argumentsHash, canonicalize } from '@agent-run/core'
import type { BenchApprovalAnswer } from '@agent-run/types'
import { inTime } from '../matching/in-time.ts'
import { fitsTool } from '../matching/tool-names.ts'
import { compileJsonSchema, type SchemaCheck } from '../schema/json-schema.ts'
import type { StandingApproval } from './ledger.ts'

/** What a runtime wants to be allowed, as far as the bench knows. */
export interface Question {
  readonly approval_id?: string
  readonly tool_name: string
  /** What the call would touch. */
  readonly target?: string
  /** The arguments themselves, if the runtime gave them. */
  readonly arguments?: unknown
  /** Else their `arguments_hash` with its salt: enough to recognise the call when it is made. */
  readonly arguments_hash?: string
  readonly salt?: string
}

/** A question and what was answered. */
export interface AskedApproval extends Question {
  readonly approval_id: string
  /** When it was asked: RFC 3339, UTC. */
  readonly at: string
  readonly decision: 'approved' | 'denied' | 'none'
  /** A standing permission for later calls of the tool. */
  readonly grant?: 'session' | 'always'
  readonly reason?: string
  /** How long the answer takes, in milliseconds. */
  readonly after_ms: number
}

/** Where approvals of a trial are decided and remembered, however they are asked for. */
export interface Desk {
  /** Every question, in order; at most `MOST_QUESTIONS`. */
  readonly asked: readonly AskedApproval[]
  /** Decides by the scenario's answers: the first that fits, else denied. The same question again gets the same answer. */
  decide(question: Question): AskedApproval
  /** What stands for a call that is about to be made; `used` says that it was made on the first of these approvals. */
  before(toolName: string, args: unknown, used: boolean): { approved: string[]; asked: StandingApproval[] }
}

/** Milliseconds for the schemas and expressions that a question is held against; what takes longer is denied. */
const QUESTION_MS = 1_000

/** Milliseconds by which a clock and a timer may differ. */
const BLUR = 50

/** Questions that are remembered; what is asked after them is denied. */
export const MOST_QUESTIONS = 1000

/** Makes a desk with the answers of a scenario. @throws Error if a schema or expression of them does not compile */
export function createDesk(answers: readonly BenchApprovalAnswer[] = [], clock: () => number = Date.now): Desk {
  const book = answers.map((answer) => ({ answer, given: 0, ...matchersOf(answer) }))
  const asked: AskedApproval[] = []
  const answerTo = new Map<AskedApproval, BenchApprovalAnswer>()
  const used = new Set<AskedApproval>()

  const find = (test: (line: (typeof book)[number]) => boolean) => inTime(() => book.find(test), QUESTION_MS)?.value
  /** Whether it would be approved by what it is, and not only by what a runtime has said of it. */
  const wouldApprove = (toolName: string, args: unknown): boolean =>
    find((line) => fits(line, { tool_name: toolName, arguments: args }))?.answer.decision === 'approved'

  const decide = (question: Question): AskedApproval => {
    const before = question.approval_id === undefined ? undefined : asked.find((line) => isAgain(line, question))
    if (before !== undefined) return before
    const entry = find((line) => line.given < (line.answer.times ?? Infinity) && fits(line, question))
    const { decision = 'denied', grant, reason, after_ms = 0 } = entry?.answer ?? {}
    const decided: AskedApproval = {
      ...question,
      approval_id: question.approval_id ?? `bench-${asked.length}`,
      at: new Date(clock()).toISOString(),
      decision: asked.length < MOST_QUESTIONS ? decision : 'denied',
      ...(grant === undefined || asked.length >= MOST_QUESTIONS ? {} : { grant }),
      ...(reason === undefined ? {} : { reason }),
      after_ms,
    }
    if (asked.length < MOST_QUESTIONS) {
      if (entry !== undefined) {
        entry.given++
        answerTo.set(decided, entry.answer)
      }
      asked.push(decided)
    }
    return decided
  }

  /** Whether its answer has arrived. */
  const isAnswered = ({ at, after_ms }: AskedApproval): boolean =>
    after_ms === 0 || clock() + BLUR >= Date.parse(at) + after_ms
  /** Whether there is a yes to this tool by now, by whatever name a runtime has asked. */
  const isYesTo = (toolName: string, line: AskedApproval): boolean => {
    const { tool_name } = answerTo.get(line) ?? {}
    return (
      line.decision === 'approved' && isAnswered(line) && (tool_name === undefined || fitsTool([tool_name], toolName))
    )
  }

  const before = (toolName: string, args: unknown, isMade: boolean) => {
    const about = asked.filter(({ tool_name }) => fitsTool([toolName], tool_name))
    const standing = about.filter(
      (line) =>
        isYesTo(toolName, line) &&
        (line.grant !== undefined ||
          (!used.has(line) &&
            isAbout(line, args) &&
            // Who gave no arguments but their hash may have said anything of the target.
            (line.arguments !== undefined || wouldApprove(toolName, args)))),
    )
    const approved = standing.map(({ approval_id }) => approval_id)
    const [first] = standing
    // One approval is for one call: a second call needs another one, or a standing permission.
    if (isMade && first !== undefined && first.grant === undefined) used.add(first)
    const told = about.map((line) => ({
      approval_id: line.approval_id,
      decision: isAnswered(line) ? line.decision : ('none' as const),
    }))
    return { approved, asked: told }
  }
  return { asked, decide, before }
}

interface Matchers {
  readonly target: RegExp | undefined
  readonly arguments: SchemaCheck | undefined
}

const matchersOf = ({ target, arguments: schema }: BenchApprovalAnswer): Matchers => ({
  target: target === undefined ? undefined : new RegExp(target, 'u'),
  arguments: schema === undefined ? undefined : compileJsonSchema(schema),
})

const fits = ({ answer, ...match }: Matchers & { answer: BenchApprovalAnswer }, question: Question): boolean => {
  if (answer.tool_name !== undefined && !fitsTool([answer.tool_name], question.tool_name)) return false
  if (match.arguments !== undefined && (question.arguments === undefined || !match.arguments(question.arguments)))
    return false
  if (match.target === undefined) return true
  // What a runtime writes has no bound of its own, and expressions take time.
  return wordsOf(question).some((text) => match.target?.test(text.slice(0, 4096)))
}

/** What may be the target: what the runtime calls so, each argument that is a text, and all of them as JSON. */
const wordsOf = ({ target, arguments: args }: Question): readonly string[] => {
  const values = typeof args === 'object' && args !== null ? Object.values(args) : []
  const words = [target, ...values, args === undefined ? undefined : JSON.stringify(args)]
  return words.filter((word) => typeof word === 'string')
}

/** Whether a question was asked before. Who uses an id again for another call asks anew. */
const isAgain = (before: AskedApproval, { approval_id, tool_name, arguments_hash }: Question): boolean =>
  before.approval_id === approval_id && before.tool_name === tool_name && before.arguments_hash === arguments_hash

/** Whether an approval was for these arguments. What the bench knows nothing of was for none. */
const isAbout = (line: Question, args: unknown): boolean => {
  if (line.arguments !== undefined) return canonicalize(line.arguments) === canonicalize(args)
  return line.arguments_hash !== undefined && line.arguments_hash === argumentsHash(args, line.salt ?? null)
}
