import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockResults } from '../session/lock-results.ts'
import type { BenchRun } from '../trial.ts'
import { reportOf } from './build-report.ts'
import { bundleOf } from './bundle.ts'
import { renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderMarkdown } from './markdown.ts'
import { sealedRecord } from './run-record.ts'
import { trustOf } from './trust.ts'

/**
 * Writes what a bench run comes to into its results folder: `report.json`, `report.md`, `report.html`, `bundle.jsonl`,
 * `report.run.json` and `trust.json`. Each file is replaced as a whole; what the trials left behind is only read.
 * @throws Failure if somebody else writes to the folder
 */
export const writeReports = async (run: BenchRun): Promise<void> => {
  const lock = lockResults(run.out)
  try {
    await writeAll(run)
  } finally {
    lock.release()
  }
}

const writeAll = async (run: BenchRun): Promise<void> => {
  const report = reportOf(run)
  const json = Buffer.from(renderJson(report))
  const bundle = Buffer.from(bundleOf(run.out, run.trials))
  const record = await sealedRecord(run, report, [
    { name: 'report.json', octets: json, kind: 'report', mediaType: 'application/json' },
    { name: 'bundle.jsonl', octets: bundle, kind: 'dataset', mediaType: 'application/x-ndjson' },
  ])
  replace(run.out, 'report.json', json)
  replace(run.out, 'bundle.jsonl', bundle)
  replace(run.out, 'report.md', renderMarkdown(report))
  replace(run.out, 'report.html', renderHtml(report))
  replace(run.out, 'trust.json', renderJson(trustOf(run)))
  replace(run.out, 'report.run.json', renderJson(record))
}

/** A reader sees the old file or the new one, never half of it. */
const replace = (folder: string, name: string, content: string | Uint8Array): void => {
  const draft = join(folder, `.${name}.new`)
  writeFileSync(draft, content)
  renameSync(draft, join(folder, name))
}
