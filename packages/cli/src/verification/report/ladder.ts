import { type Style, visible, wrap } from '@agent-run/core/text'
import type { Check } from '@agent-run/types'
import { pathName } from '../../format/wording.ts'
import type { RecordOutcome } from '../outcome.ts'
import { inWords } from './in-words.ts'
import { completenessPhrase, fileAndLine, levelPhrase, subjectPhrase, timePhrase } from './phrases.ts'
import { isReached, levels, missingFor } from './reasons.ts'

/** The sign before a check. */
export const checkMarks: Readonly<Record<Check['result'], string>> = {
  pass: '✓',
  fail: '✗',
  absent: '–',
  unknown: '?',
  skipped: '·',
}

const INDENT = 16

/** A verdict in full: what was asked and reached, every check, and what that means in sentences. */
export function ladder(outcome: RecordOutcome, line: string, style: Style, width: number): string {
  const { file, subject, verdict, folded } = outcome
  const colour = verdict.ok ? style.green : style.red
  const asked = verdict.ok ? '' : `   asked: ${verdict.asked}`
  const of = folded ? 'journal of ' : ''
  const rows = [
    `${colour(`${verdict.ok ? '✓' : '✗'} ${verdict.level === 'none' ? '' : 'level '}${levelPhrase(verdict)}`)}${style.bold(asked)}`,
    `  completeness: ${completenessPhrase(verdict)}   time: ${timePhrase(verdict)}`,
    style.dim(`  ${of}${subjectPhrase(subject)}   ${fileAndLine(visible(file), line)}`),
    '',
    ...verdict.checks.flatMap((check) => checkRows(check, style, width)),
  ]
  const { proven, claimed } = inWords(outcome)
  rows.push(...section('Proven here', proven, style, width))
  rows.push(...section('Only claimed', claimed, style, width))
  const next = levels[levels.indexOf(verdict.level) + 1]
  const goal = verdict.ok ? next && 'accountable' : verdict.asked
  if (goal !== undefined) {
    const title = !verdict.ok && isReached(verdict) ? 'Why not as asked' : `Why not ${goal}`
    rows.push(...section(title, missingRows(missingFor(outcome, goal)), style, width))
  }
  return `${rows.join('\n')}\n`
}

/** Places that are named where the same is missing in several. */
const NAMED = 6

/** What is missing, each thing once with all its places. */
const missingRows = (missing: ReturnType<typeof missingFor>): string[] => {
  const places = new Map<string, string[]>()
  for (const { reason, path } of missing) {
    const where = path === undefined ? '' : pathName(path)
    places.set(reason, [...(places.get(reason) ?? []), ...(where === '' ? [] : [where])])
  }
  return [...places].map(([reason, named]) => {
    const more = named.length > NAMED ? ` and ${named.length - NAMED} more` : ''
    return named.length === 0 ? visible(reason) : `${visible(reason)} (${named.slice(0, NAMED).join(', ')}${more})`
  })
}

const checkRows = (check: Check, style: Style, width: number): string[] => {
  const { result, detail, code, path, expected, found, findings = [] } = check
  const colour = { pass: style.green, fail: style.red, unknown: style.yellow, absent: style.dim, skipped: style.dim }[
    result
  ]
  const text = wrap(visible(detail), Math.max(40, width - INDENT))
  const rows = text.map((row, index) =>
    index === 0
      ? `  ${colour(checkMarks[result])} ${check.check.padEnd(INDENT - 4)}${row}`
      : `${' '.repeat(INDENT)}${row}`,
  )
  if (result === 'unknown' && path) rows.push(`${' '.repeat(INDENT)}${style.dim('where'.padEnd(10))}${pathName(path)}`)
  if (result !== 'fail') return rows
  const shown: [string, string | undefined][] = [
    ['where', path === undefined ? undefined : pathName(path)],
    ['expected', expected && visible(expected)],
    ['found', found && visible(found)],
    ['code', code],
  ]
  for (const [name, value] of shown) if (value) rows.push(`${' '.repeat(INDENT)}${style.dim(name.padEnd(10))}${value}`)
  for (const { severity, code: finding, path: place, message } of findings.slice(0, FINDINGS)) {
    if (severity !== 'error') continue
    const where = pathName(place)
    rows.push(
      `${' '.repeat(INDENT)}${where === '' ? '' : `${where}: `}${visible(message)} ${style.dim(`[${finding}]`)}`,
    )
  }
  return rows
}

/** Findings of schema and semantics that are named; `agent-run validate` shows them all, with their places. */
const FINDINGS = 10

const section = (title: string, sentences: readonly string[], style: Style, width: number): string[] =>
  sentences.length === 0
    ? []
    : [
        '',
        style.bold(title),
        ...sentences.flatMap((sentence) =>
          wrap(sentence, Math.max(40, width - 4)).map((row, index) => `${index === 0 ? '  · ' : '    '}${row}`),
        ),
      ]
