import { count, grouped } from '@agent-run/core/text'
import type { VerifySummary } from './format.ts'
import { levels } from './reasons.ts'

/** What came of all in one sentence without a full stop: `2 of 214 records are not as asked: 212 sealed, 2 recorded`. */
export function sumSentence({ tally, files }: VerifySummary): string {
  const { records, ok, proofs, proofsOk, problems, unusable, warnings } = tally
  const parts: string[] = []
  if (records > 0) {
    const bad = records - ok
    const verdict =
      bad === 0
        ? `${count(records, 'record')} ${records === 1 ? 'is' : 'are'} as asked`
        : `${grouped(bad)} of ${count(records, 'record')} ${bad === 1 ? 'is' : 'are'} not as asked`
    const reached = levels
      .toReversed()
      .filter((level) => tally.levels[level] > 0)
      .map((level) => `${grouped(tally.levels[level])} ${level === 'none' ? 'no valid record' : level}`)
    parts.push(`${verdict}: ${reached.join(', ')}`)
  }
  if (proofs > 0) parts.push(`${grouped(proofsOk)} of ${count(proofs, 'step proof')} hold`)
  if (problems > unusable)
    parts.push(
      `${count(problems - unusable, 'place')} in the inputs ${problems - unusable === 1 ? 'is' : 'are'} broken`,
    )
  if (unusable > 0) parts.push(`${count(unusable, 'input')} could not be read`)
  if (warnings > 0) parts.push(count(warnings, 'warning'))
  if (parts.length === 0) parts.push('no records')
  return `${parts.join('; ')}${files > 1 ? ` in ${count(files, 'file')}` : ''}`
}
