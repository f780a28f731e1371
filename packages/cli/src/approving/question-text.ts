import { duration, harmlessLines, visible, wrap } from '@agent-run/core/text'
import { expiryWords } from '../querying/report/approvals.ts'
import { between, moment } from '../receipt/moment.ts'
import { excerpt } from '../receipt/section.ts'
import type { Waiting } from './run-approve.ts'

const LABEL = 12
const TASK = 300

/** A run that has been silent for so long may not wait for an answer any more. */
const SILENT_MS = 10 * 60 * 1000

/** What is asked, in a few lines for a terminal. All of it comes from the record and is made safe. */
export function questionText({ run, step, request }: Waiting, now: string, width: number): string {
  const server = step.mcp_server ? ` of ${step.mcp_server}` : ''
  const effects = (step.side_effects ?? []).map(({ kind, target }) => (target ? `${kind} ${target}` : kind))
  const ids = [run.task_id && `task ${run.task_id}`, run.turn_id && `turn ${run.turn_id}`].filter(Boolean).join(' · ')
  const age = between(request.at, now)
  const rows: [string, string | undefined][] = [
    ['agent', [run.agent_id, run.agent_version].filter(Boolean).join(' ')],
    ['run', run.id],
    ['for', ids],
    ['was told', run.input_preview ? excerpt(run.input_preview, TASK) : undefined],
    ['tool', `${step.tool_name ?? 'unknown'}${server}`],
    ['call', step.input_preview ?? '(no preview; only the digest of the arguments is known)'],
    ['hidden', hiddenWords(step.input_preview)],
    ['effects', effects.length === 0 ? undefined : effects.join(', ')],
    ['risk', request.risk ?? undefined],
    ['asks', request.reason ?? undefined],
    ['for role', request.required_role ?? undefined],
    [
      'asked',
      request.at === undefined
        ? undefined
        : `${moment(request.at)}${age === undefined ? '' : `, waits for ${duration(age)}`}`,
    ],
    ['until', request.expires_at ? `${moment(request.expires_at)}${expiryWords(request.expires_at, now)}` : undefined],
    ['careful', silenceWords({ run, step, request }, now)],
  ]
  const lines = rows.flatMap(([label, text]) => {
    if (text === undefined || text === '') return []
    const [first = '', ...more] = wrap(visible(text), width - LABEL - 2)
    return [`  ${label.padEnd(LABEL)}${first}`, ...more.map((line) => ' '.repeat(LABEL + 2) + line)]
  })
  return harmlessLines(`${lines.join('\n')}\n\n`)
}

/** Says that the preview is not all of the call. */
const hiddenWords = (preview: string | null | undefined): string | undefined => {
  const count = preview?.split('[redacted').length ?? 0
  if (count < 2) return undefined
  return count === 2
    ? '1 value is hidden from you; the digest covers it'
    : `${count - 1} values are hidden from you; the digest covers them`
}

/** Says that perhaps nobody waits for the answer any more. */
const silenceWords = ({ run, request }: Waiting, now: string): string | undefined => {
  const times = [
    run.started_at,
    run.ended_at,
    request.at,
    ...run.steps.flatMap(({ started_at, ended_at }) => [started_at, ended_at]),
    ...(run.approvals ?? []).map(({ at }) => at),
    ...(run.policy_decisions ?? []).map(({ at }) => at),
  ].filter((time) => typeof time === 'string')
  const silences = times.map((time) => between(time, now)).filter((ms) => ms !== undefined)
  const silence = Math.min(...silences)
  if (silences.length === 0 || silence <= SILENT_MS) return undefined
  return `nothing was heard from the run for ${duration(silence)}; perhaps it does not wait any more`
}
