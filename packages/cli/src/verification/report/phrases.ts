import { visible } from '@agent-run/core/text'
import type { Verdict } from '@agent-run/types'
import { pathName } from '../../format/wording.ts'
import type { Outcome, RecordOutcome, Subject } from '../outcome.ts'
import type { Reason } from './reasons.ts'

/** The level that was reached, and by whom: `sealed by ci@example.org`. Safe to print. */
export function levelPhrase({ level, by, self_asserted: selfAsserted }: Verdict): string {
  if (level === 'none') return 'no valid record'
  const who = by !== undefined ? ` by ${visible(by)}` : selfAsserted ? ', self-asserted' : ''
  return level === 'sealed' || level === 'accountable' ? `${level}${who}` : level
}

/** Completeness in few words: `sealed`, `checkpointed at line 12`. */
export function completenessPhrase({ completeness: { state, n } }: Verdict): string {
  return state === 'checkpointed' && n !== undefined ? `checkpointed at line ${n}` : state
}

/** Who says when: `asserted`, or `vouched by … at …`. Safe to print. */
export function timePhrase({ time: { basis, by, at } }: Verdict): string {
  if (basis === 'asserted') return basis
  return `${basis}${by === undefined ? '' : ` by ${visible(by)}`}${at === undefined ? '' : ` at ${visible(at)}`}`
}

/** What an outcome is about, in few words and safe to print: agent and run. */
export function subjectPhrase(subject: Subject): string {
  const agent = subject.agentId === undefined ? undefined : visible(subject.agentId)
  return [agent, subject.id === undefined ? 'no id' : visible(subject.id)].filter(Boolean).join(' · ')
}

/** `file:line`; only the file where there are no lines. */
export const fileAndLine = (file: string, line: string): string => (line === '0' ? file : `${file}:${line}`)

/** The message of a reason with what was expected and found, on one line and safe to print. It does not say where. */
export function reasonSentence({ message, expected, found }: Reason): string {
  const compared = [expected && `expected ${expected}`, found && `found ${found}`].filter(Boolean).join(', ')
  return visible(compared === '' ? message : `${message}; ${compared}`)
}

/** The same with the check and the place in the record before it: `steps at provenance.steps_root: …`. */
export function reasonStatement(reason: Reason): string {
  const where = [reason.check, pathName(reason.path)].filter(Boolean).join(' at ')
  return where === '' ? reasonSentence(reason) : `${where}: ${reasonSentence(reason)}`
}

/** An outcome that is in order, in one sentence. Safe to print. */
export function okSentence(outcome: Outcome): string {
  if (outcome.kind === 'problem') return visible(outcome.message)
  if (outcome.kind === 'step_proof') return `${subjectPhrase(outcome.subject)}: ${visible(outcome.detail)}`
  const { subject, verdict } = outcome
  const completeness = `completeness ${completenessPhrase(verdict)}`
  return `${subjectPhrase(subject)}: ${levelPhrase(verdict)}, ${completeness}, time ${timePhrase(verdict)}`
}

/** Short name of a key: enough to tell keys apart. Safe to print. */
export const shortKey = (did: string): string => {
  const shown = visible(did)
  return shown.length <= 28 ? shown : `${shown.slice(0, 20)}…${shown.slice(-6)}`
}

/** Whether a check came out like this. */
export const resultOf = ({ verdict }: RecordOutcome, name: string): string =>
  verdict.checks.find(({ check }) => check === name)?.result ?? 'absent'
