import { relative } from 'node:path'
import { count, duration, grouped, type Style, visible, visibleName } from '@agent-run/core/text'
import type { Recorder } from '@agent-run/sdk'
import type { AgentRun } from '@agent-run/types'
import type { FileChange } from './file-changes.ts'
import type { Ending } from './run-child.ts'
import { type WorkDone, type WorkPlace, wayBack } from './work-place.ts'

/** What there is to say in the end. */
export interface Told {
  readonly line: string
  readonly ending: Ending
  readonly record: AgentRun
  readonly recorder: Pick<Recorder, 'recordPath' | 'journalPath'>
  readonly work: WorkPlace | undefined
  readonly done: WorkDone | undefined
  /** Whether files were to be looked at. */
  readonly files: boolean
}

/** The account of a recorded command, in three lines at most, each with a line feed. */
export function summaryOf(told: Told, style: Style): string {
  const { line, ending, record, recorder, work, done } = told
  const shown = line.length > 60 ? `${line.slice(0, 59)}…` : line
  const ended =
    ending.how === 'not_started' ? 'could not be started' : `${endWords(ending)} after ${duration(ending.took)}`
  const seal = record.provenance.record_hash ? 'sealed' : 'not sealed (--key seals it)'
  const path = recorder.recordPath ?? recorder.journalPath
  const rows = [
    `${style.bold(visible(shown))} ${ended}${told.files ? `; ${changeWords(work, done)}` : ''}`,
    path === undefined ? 'the record could not be written' : `agent-run show ${visibleName(nearName(path))}   ${seal}`,
  ]
  const back = work && wayBack(work)
  const isTouched = done?.changes.files.some(({ action }) => action !== 'created') === true
  const hasCreated = done?.changes.files.some(({ action }) => action === 'created') === true
  if (back !== undefined && isTouched) rows.push(`to go back: ${back}${hasCreated ? '   (what it created stays)' : ''}`)
  return rows.map((row) => `agent-run: ${row}\n`).join('')
}

/** A file as seen from here, where that is shorter. */
const nearName = (path: string): string => {
  const near = relative('', path)
  return near.startsWith('..') || near.length > path.length ? path : near
}

const endWords = ({ how, code, signal, passedOn }: Ending): string => {
  if (how === 'timed_out') return 'ran out of time'
  if (how === 'signalled') return `was ended by ${signal}`
  return `exited ${code}${passedOn === undefined ? '' : ` upon ${passedOn}`}`
}

const changeWords = (work: WorkPlace | undefined, done: WorkDone | undefined): string => {
  if (work === undefined || done === undefined) return 'its files could not be looked at'
  const { changes, history } = done
  const of = (action: FileChange['action']): number => changes.files.filter((change) => change.action === action).length
  const parts = (['created', 'modified', 'deleted'] as const)
    .filter((action) => of(action) > 0)
    .map((action, index) => `${index === 0 ? count(of(action), 'file') : grouped(of(action))} ${action}`)
  if (history.made.length > 0) parts.push(count(history.made.length, 'commit'))
  const limit = changes.isCut ? ', among those that were looked at (--max-files, --max-bytes)' : ''
  return `${parts.length === 0 ? 'no files changed' : parts.join(', ')}${limit}`
}
