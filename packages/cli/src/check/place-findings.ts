import { type Finding, locate } from '@agent-run/core'
import { frameOf } from '../frame/frame.ts'
import { LineIndex } from '../frame/line-index.ts'
import { privateStretches, type Stretch } from '../frame/mask.ts'
import type { DocumentItem } from '../input/item.ts'
import { flaggedStretch, placeOf } from './finding-place.ts'
import type { PlacedFinding } from './result.ts'

/** How far beyond what is flagged a frame may show, in UTF-16 units: enough for the widest terminal. */
const MARGIN = 4096

/**
 * The places of findings about a document in its input, each with the lines around it.
 *
 * @param kind schema that it was checked as: private members are masked in what is shown
 */
export const placeFindings = (
  file: string,
  item: DocumentItem,
  findings: readonly Finding[],
  kind: string,
): PlacedFinding[] => {
  const text = item.bytes.toString('utf8')
  const lines = new LineIndex(text)
  const pointers = new Set(findings.filter(({ position }) => !position).map(placeOf))
  const located = pointers.size > 0 ? locate(text, pointers) : undefined
  const flagged = findings.map((finding) => flaggedStretch(text, finding, located?.get(placeOf(finding))))
  let hidden: readonly Stretch[] | undefined
  const hiddenStretches = (): readonly Stretch[] => {
    hidden ??= privateStretches(text, {
      from: Math.min(...flagged.map(({ start }) => start)) - MARGIN,
      end: Math.max(...flagged.map(({ end }) => end)) + MARGIN,
      kind,
      fault: faultOf(findings, flagged),
    })
    return hidden
  }
  return findings.map((finding, index) => {
    const stretch = flagged[index] as Stretch
    const start = lines.placeOf(stretch.start)
    const end = lines.placeOf(stretch.end)
    return {
      file,
      line: start.line + item.line - 1,
      column: start.column + (start.line === 1 ? item.column - 1 : 0),
      endLine: end.line + item.line - 1,
      endColumn: end.column + (end.line === 1 ? item.column - 1 : 0),
      finding,
      frame: (width) =>
        frameOf({ text, lines, flagged: stretch, hidden: hiddenStretches(), firstLine: item.line, width }),
    }
  })
}

/** Faults of a text whose tokens are in order up to and including the one that is named. */
const IN_ORDER = new Set(['json.duplicate_name', 'json.number_range'])

/** Where a text that the reader refused stops being known to be JSON. */
const faultOf = (findings: readonly Finding[], flagged: readonly Stretch[]): number | undefined => {
  const index = findings.findIndex(({ position }) => position !== undefined)
  const finding = findings[index]
  return finding && IN_ORDER.has(finding.code) ? flagged[index]?.end : finding?.position?.offset
}
