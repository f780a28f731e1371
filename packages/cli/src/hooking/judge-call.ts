import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { type Decided, decide, type PolicyFile, readPolicy, verdictOf } from '@agent-run/sdk/policy'
import { cut, redact, wellFormed } from '@agent-run/sdk/preview'
import type { HookEvent } from './event-line.ts'
import { permissionAnswer } from './permission-answer.ts'

/** What a policy says about a tool call. */
export interface Judged {
  /** What Claude Code is to read on standard output; undefined leaves it to Claude Code. */
  readonly answer: string | undefined
  /** Members for the line in the hook log. */
  readonly added: Readonly<Record<string, unknown>>
  /** Why the policy could not be asked. */
  readonly fault?: Error
}

/**
 * Lets a policy decide about a call. An `allow` is answered only where a rule says so: a policy that names no rule has no
 * opinion, and must not switch off what Claude Code itself would ask. A policy that cannot be read is no yes: a person is
 * asked.
 *
 * @param project folder of the project, which relative paths are relative to; else the one that the event names
 */
export function judgeCall(file: string, event: HookEvent, project: string | undefined): Judged {
  const policy = policyIn(file)
  if (policy instanceof Error) {
    const decision = { verdict: 'require_approval', matched: 'error' }
    return { ...said('ask', 'the policy cannot be read', decision), fault: policy }
  }
  const folder = [project, event.cwd].find((each) => typeof each === 'string' && isAbsolute(each)) as string | undefined
  const decided = decideByName(policy, event, folder)
  const { verdict, matched, rule_ids, policy: named } = verdictOf(policy, decided)
  const decision = { verdict, matched, rule_ids, policy: named, reason: short(decided.reason) }
  return said(answerOf(decided), decided.reason, decision)
}

const answerOf = ({ decision, matched }: Decided): Decided['decision'] | undefined =>
  decision === 'allow' && matched === 'default' ? undefined : decision

const said = (decision: Decided['decision'] | undefined, reason: string, logged: object): Judged => {
  if (decision === undefined) return { answer: undefined, added: { decision: logged } }
  return { answer: permissionAnswer(decision, short(reason)), added: { decision: logged, answered: decision } }
}

const policyIn = (file: string): PolicyFile | Error => {
  try {
    const reading = readPolicy(readFileSync(file))
    if (reading.ok) return reading.policy
    return new Error(
      `the policy file is not usable (${reading.problems[0]?.message ?? 'no policy'}); a person was asked`,
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return new Error(`the policy file cannot be read (${code ?? 'unknown error'}); a person was asked`)
  }
}

/** The strictest is the last. */
const strictness: readonly Decided['decision'][] = ['allow', 'ask', 'deny']

/**
 * `mcp__<server>__<tool>` is a tool of an MCP server, and can be named in a rule either way. Both names may hold two
 * underscores themselves: every way to read the name is judged, and the strictest rule counts; an `allow` only where there is no
 * other way to read it.
 */
function decideByName(
  policy: PolicyFile,
  { tool_name: name, tool_input: input }: HookEvent,
  folder: string | undefined,
): Decided {
  const full = typeof name === 'string' ? name : ''
  const whole = decide(policy, { tool: full, arguments: input, folder })
  const parts = full.startsWith('mcp__') ? full.slice('mcp__'.length).split('__') : []
  const split = parts.slice(1).map((_, index) => {
    const server = parts.slice(0, index + 1).join('__')
    return decide(policy, { tool: parts.slice(index + 1).join('__'), server, arguments: input, folder })
  })
  const isSure = split.length === 1
  const found = [whole, ...split.filter(({ decision }) => isSure || decision !== 'allow')].filter(
    ({ matched }) => matched === 'rule',
  )
  return strictness.reduce((kept, level) => found.find(({ decision }) => decision === level) ?? kept, whole)
}

const short = (text: string): string => cut(redact(wellFormed(text)), 300)
