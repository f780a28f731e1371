import { readFileSync } from 'node:fs'
import { readJson } from '@agent-run/core'
import type { BenchFile, BenchTrial } from '@agent-run/types'
import { insideOf } from './inside.ts'

/**
 * The records of all trials, one a line. The one that was judged carries the signed evaluation of the bench as its `eval`,
 * which a seal leaves open for it, so that whatever reads records finds both; the record as it arrived is
 * `trials/<scenario>.<repeat>/record.json`.
 * @param folder results folder
 * @throws Error if a file of a trial is not there or no JSON
 */
export const bundleOf = (folder: string, trials: readonly BenchTrial[]): string =>
  trials.flatMap((trial) => linesOf(folder, trial)).join('')

const linesOf = (folder: string, { files }: BenchTrial): readonly string[] => {
  const evaluation = files.find(({ role }) => role === 'eval')
  const records = files.filter(({ role }) => role === 'record' || role === 'related_record')
  return records.map((file) => {
    const record = objectIn(folder, file)
    // An evaluation that a runtime gave itself counts nothing, and must not be counted by who reads the bundle.
    const { eval: _, ...rest } = record
    const judged = file.role === 'record' && evaluation !== undefined
    return `${JSON.stringify(judged ? { ...rest, eval: objectIn(folder, evaluation) } : rest)}\n`
  })
}

const objectIn = (folder: string, { path }: BenchFile): { readonly eval?: unknown } => {
  const read = readJson(readFileSync(insideOf(folder, path)))
  if (read.ok && typeof read.value === 'object' && read.value !== null && !Array.isArray(read.value)) return read.value
  throw new Error(`${path} is no JSON object`)
}
