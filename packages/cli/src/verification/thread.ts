import { setFlagsFromString } from 'node:v8'
import { readJson } from '@agent-run/core'
import { sortOf } from '../input/line-sort.ts'
import type { Source } from '../input/source.ts'
import { addSaying, type Evidence, isSaying, loadEvidence, noSayings, type Sayings } from './evidence.ts'
import type { Part } from './part.ts'
import { rangeLines } from './range-lines.ts'
import { loadVerifyFormat } from './report/formats.ts'
import type { Report } from './report/report.ts'
import { ReportBuilder } from './report/report-builder.ts'
import type { VerifySettings } from './settings.ts'
import { verifyPart } from './verify-part.ts'

/** News of the work on a part. */
export interface PartNews {
  readonly report: Report
  /** Bytes read since the last news. */
  readonly bytes: number
  /** Lines that begin in the range of the part; only with the last news of a part with a range. */
  readonly lines: number
  readonly last: boolean
}

/** Verifies parts in this thread, whichever thread that is. */
export type WorkOn = (part: Part) => AsyncGenerator<PartNews>

/** Loads what every part needs. Throws `Failure` if the evidence cannot be used. */
export async function createThread(settings: VerifySettings): Promise<WorkOn> {
  keepYoungSmall()
  const evidence: Evidence = await loadEvidence(settings.evidence, settings.maxSize)
  const format = await loadVerifyFormat(settings.appearance)
  let top: { readonly path: string; readonly sayings: Sayings } | undefined
  return async function* workOn(part) {
    const path = part.source.path
    if (path !== undefined && part.range !== undefined && part.range.start > 0 && top?.path !== path)
      top = { path, sayings: await sayingsAtTop(part.source, settings.maxSize) }
    const report = new ReportBuilder(format, settings.appearance)
    let bytes = 0
    let lines = 0
    const context = {
      settings,
      evidence,
      report,
      forAll: part.range !== undefined && part.range.start > 0 ? top?.sayings : undefined,
      onRead: (read: number) => (bytes += read),
      onLines: (begun: number) => (lines = begun),
    }
    const news = (last: boolean): PartNews => {
      const read = bytes
      bytes = 0
      return { report: report.take(), bytes: read, lines, last }
    }
    for await (const _ of verifyPart(part, context)) yield news(false)
    yield news(true)
  }
}

/**
 * A record is garbage once its verdict is written. In a nursery that stays small it is found to be so at once; in one
 * that grows much of it grows old, which costs half as much memory again and saves a tenth of the time.
 */
const keepYoungSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1')

/** The lines before the first record of a file. */
const sayingsAtTop = async ({ path }: Source, maxSize: number): Promise<Sayings> => {
  const sayings = noSayings()
  const whole = { start: 0, end: Number.MAX_SAFE_INTEGER }
  for await (const { item } of rangeLines(path as string, whole, maxSize, () => {})) {
    if (item.kind === 'problem') continue
    const read = readJson(item.bytes)
    const sort = read.ok ? sortOf(read.value) : 'record'
    if (!read.ok || !isSaying(sort)) break
    addSaying(sayings, sort, read.value)
  }
  return sayings
}
