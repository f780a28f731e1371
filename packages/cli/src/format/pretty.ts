import type { Finding } from '@agent-run/core'
import { count, harmlessLines, type Style, visibleName, wrap } from '@agent-run/core/text'
import type { PlacedFinding } from '../check/result.ts'
import type { Frame } from '../frame/frame.ts'
import { explanationOf } from './explanation.ts'
import type { CreateReporter } from './reporter.ts'
import { placeName, seconds, statementOf, summarySentence } from './wording.ts'

/** Findings of one file that say the same about the same member. */
interface Group {
  readonly first: Place & { readonly finding: Finding }
  readonly frame: Frame | undefined
  readonly others: Place[]
}

/** Not the finding itself, whose frame function holds on to the whole text of the input. */
type Place = Pick<PlacedFinding, 'file' | 'line' | 'column'>

/** For people: each finding with the lines around it, what is the same said once, and a line that counts at the end. */
export const createPrettyReporter: CreateReporter = ({ style, width, summary: wantsSummary }) => {
  let groups = new Map<string, Group>()
  const explained = new Set<string>()
  return {
    finding(placed) {
      const { file, line, column, finding, frame } = placed
      const { severity, code, message, path } = finding
      const key = JSON.stringify([severity, code, message, path.replace(/\/\d+(?=\/|$)/g, '/*')])
      const group = groups.get(key)
      if (group) group.others.push({ file, line, column })
      else groups.set(key, { first: { file, line, column, finding }, frame: frame?.(width - 8), others: [] })
      return ''
    },
    file() {
      const text = clustersOf([...groups.values()]).map((cluster) => clusterText(cluster, explained, style, width))
      groups = new Map()
      return harmlessLines(text.join(''))
    },
    end(summary) {
      if (!wantsSummary) return ''
      const colour = summary.errors > 0 ? style.red : summary.filesWithFindings > 0 ? style.yellow : style.green
      return `${colour(summarySentence(summary))}   ${style.dim(`(${seconds(summary.durationMs)})`)}\n`
    },
  }
}

/** Places of a group that are named; the others are counted. */
const NAMED = 40

/** Groups that follow each other at one and the same place share a frame. */
const clustersOf = (groups: readonly Group[]): Group[][] => {
  const clusters: Group[][] = []
  for (const group of groups) {
    const before = clusters.at(-1)?.at(-1)
    const sharesPlace =
      before !== undefined &&
      before.others.length + group.others.length === 0 &&
      before.first.line === group.first.line &&
      before.first.column === group.first.column
    if (sharesPlace) clusters.at(-1)?.push(group)
    else clusters.push([group])
  }
  return clusters
}

const clusterText = (cluster: readonly Group[], explained: Set<string>, style: Style, width: number): string => {
  const [{ first, frame, others }] = cluster as [Group]
  const colour = first.finding.severity === 'error' ? style.red : style.yellow
  let text = cluster.map((group) => headline(group.first, style)).join('')
  if (frame) text += frameText(frame, colour, style)
  if (others.length > 0) {
    const named = others.slice(0, NAMED).map((other) => `${other.line}:${other.column}`)
    const rest =
      others.length > NAMED ? ` and ${count(others.length - NAMED, 'more place')} (--format line names them all)` : ''
    for (const row of wrap(`also at ${named.join(' ')}${rest}`, Math.max(40, width - 3))) text += `   ${row}\n`
  }
  for (const behind of new Set(cluster.map(({ first }) => behindOf(first.finding, explained)))) {
    for (const row of behind ? wrap(behind, Math.max(40, width - 3)) : []) text += `   ${style.dim(row)}\n`
  }
  return `${text}\n`
}

/** The sentence behind a finding, and what to do, which is said once for each code. */
const behindOf = ({ code, requirement }: Finding, explained: Set<string>): string => {
  const hint = explained.has(code) ? undefined : explanationOf(code)?.hint
  explained.add(code)
  return [requirement, hint].filter(Boolean).join(' · ')
}

const headline = (first: Group['first'], style: Style): string => {
  const { file, finding } = first
  const severity = finding.severity === 'error' ? style.red('error') : style.yellow('warning')
  return `${placeName(first, style.bold(visibleName(file)))}  ${severity}  ${style.dim(finding.code)}  ${statementOf(finding)}\n`
}

const frameText = ({ lines, caret }: Frame, colour: (text: string) => string, style: Style): string => {
  const digits = Math.max(2, ...lines.map(({ number }) => String(number).length))
  const flagged = lines.length - 1
  const rows = lines.map(({ number, text }, index) => {
    const gutter = `${String(number).padStart(digits)} │`
    return index === flagged
      ? ` ${colour('›')} ${gutter} ${text}`.trimEnd()
      : `   ${style.dim(gutter)} ${text}`.trimEnd()
  })
  const under = `   ${' '.repeat(digits)} │ ${' '.repeat(caret.before)}`
  return `${rows.join('\n')}\n${under}${colour('^'.repeat(caret.width))}\n`
}
