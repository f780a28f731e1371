import { displayWidth, duration, type Style, wrap } from '@agent-run/core/text'
import { actorName } from '../../receipt/allowed.ts'
import type { Loose } from '../../receipt/loose.ts'
import { between, moment } from '../../receipt/moment.ts'
import { clean } from '../../receipt/pretty-receipt.ts'
import { excerpt } from '../../receipt/section.ts'
import type { AskedApproval } from '../approval-calls.ts'
import type { Table } from './table.ts'

const CALL = 400

/** Approvals for a terminal: what was asked, who answered, and for what waits the command that answers it. */
export function approvalListText(entries: readonly AskedApproval[], style: Style, width: number): string {
  const now = new Date().toISOString()
  const blocks = entries.map((entry) => {
    const { state, request, run_id, approval_id } = entry
    const isOpen = state === 'requested' || state === 'escalated'
    const colour = isOpen ? style.cyan : state === 'approved' ? style.green : style.yellow
    const indented = (text: string): string[] => wrap(clean(text), width - 2).map((line) => `  ${line}`)
    const { tool, call } = callOf(entry)
    const fits = displayWidth(clean(`${state}${tool}${call}`)) + 4 <= width
    const command = isOpen && !isOver(request?.expires_at, now) ? approveLine(run_id, approval_id, width) : undefined
    return [
      `${colour(clean(state))}  ${style.bold(clean(tool))}${fits && call !== '' ? `  ${clean(call)}` : ''}`,
      ...(fits ? [] : indented(call)),
      ...indented([entry.agent_id, riskWords(entry), askedWords(entry, isOpen, now)].filter(Boolean).join(' · ')),
      ...indented(answerWords(entry)),
      ...(request?.reason ? indented(`asks: ${request.reason}`) : []),
      ...idLines(run_id, approval_id, width).map(style.dim),
      ...(command ?? []),
    ]
      .filter((line) => line.trim() !== '')
      .join('\n')
  })
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}

/** Tool and arguments as far as the run shows them. */
const callOf = ({ tool_name, mcp_server, input_preview }: AskedApproval): { tool: string; call: string } =>
  tool_name === undefined
    ? { tool: 'a call that the run does not show', call: '' }
    : {
        tool: `${tool_name}${mcp_server ? ` of ${mcp_server}` : ''}`,
        call: input_preview === undefined ? '' : excerpt(input_preview, CALL),
      }

const riskWords = ({ request }: AskedApproval): string | undefined =>
  request?.risk ? `risk ${request.risk}` : undefined

const askedWords = ({ request }: AskedApproval, isOpen: boolean, now: string): string | undefined => {
  if (request?.at === undefined) return undefined
  const age = between(request.at, now)
  const waits = isOpen && age !== undefined ? `, waits for ${duration(age)}` : ''
  return `asked ${moment(request.at)}${waits}${isOpen ? expiryWords(request.expires_at, now) : ''}`
}

const isOver = (expires: string | undefined, now: string): boolean => between(expires, now) !== undefined

/** Whether there is still time to answer; empty where no end is set. */
export const expiryWords = (expires: string | undefined, now: string): string => {
  if (expires === undefined) return ''
  const over = between(expires, now)
  if (over !== undefined) return `, expired ${duration(over)} ago: a decision is refused`
  const left = between(now, expires)
  return left === undefined ? '' : `, expires in ${duration(left)}`
}

/** Who answered. The name is what the record says: whose key signed it, `verify --trust` tells. */
const answerWords = ({ request, decisions }: AskedApproval): string => {
  const last = decisions.at(-1)
  if (last === undefined) return ''
  const waited = between(request?.at, last.at)
  return [
    `${last.event.replaceAll('_', ' ')} by ${actorName((last.actor ?? {}) as Loose)} (as recorded)`,
    last.at === undefined ? undefined : moment(last.at),
    waited === undefined ? undefined : `after ${duration(waited)}`,
    last.reason === undefined ? undefined : `"${last.reason}"`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Both ids whole, on one line where they fit. */
const idLines = (run: string, approval: string, width: number): string[] => {
  const [first, second] = [`run ${clean(run)}`, `approval ${clean(approval)}`]
  return displayWidth(first + second) + 5 <= width ? [`  ${first} · ${second}`] : [`  ${first}`, `  ${second}`]
}

/** The command that answers, to be copied into a shell; none for an id that cannot be shown as it is. */
const approveLine = (run: string, approval: string, width: number): string[] | undefined => {
  if ([run, approval].some((id) => clean(id) !== id || id.startsWith('-'))) return undefined
  const words = [`agent-run approve ${quoted(run)}`, quoted(approval), '--key … --as …']
  const line = `  ${words.join(' ')}`
  if (displayWidth(line) <= width) return [line]
  return [`  ${words[0]} \\`, `    ${words.slice(1).join(' ')}`]
}

/** An id as one word of a shell. */
const quoted = (id: string): string => (/^[\w.:@/+-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`)

/** Approvals as a table, for programs and Markdown. */
export const approvalTable = (entries: readonly AskedApproval[]): Table => ({
  columns: [
    { title: 'approval' },
    { title: 'state' },
    { title: 'by (as recorded)' },
    { title: 'at', short: (time) => moment(time).replace(/ UTC$/, '') },
    { title: 'waited', right: true },
    { title: 'run' },
    { title: 'step' },
    { title: 'reason' },
    { title: 'agent' },
    { title: 'tool' },
    { title: 'call' },
    { title: 'risk' },
  ],
  rows: entries.map(({ approval_id, state, request, decisions, run_id, agent_id, tool_name, input_preview }) => {
    const last = decisions.at(-1)
    const waited = between(request?.at, last === undefined ? new Date().toISOString() : last.at)
    return [
      approval_id,
      state,
      last === undefined ? '–' : actorName((last.actor ?? {}) as Loose),
      (last ?? request)?.at ?? '–',
      waited === undefined ? '–' : duration(waited),
      run_id,
      (last ?? request)?.step_id ?? request?.step_id ?? '–',
      last?.reason ?? request?.reason ?? '',
      agent_id ?? '–',
      tool_name ?? '–',
      input_preview === undefined ? '–' : excerpt(input_preview, CALL),
      request?.risk ?? '–',
    ]
  }),
})
