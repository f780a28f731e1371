import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from '@agent-run/core'
import { visibleName } from '@agent-run/core/text'
import { Failure, systemError } from '../failure.ts'
import { readFileOf } from '../own-file.ts'
import { readReport } from '../report/index.ts'
import { type Entry, entriesOfReport, entryOfRecord } from './entries.ts'

/** Largest file of records that is read, in bytes. */
const LARGEST = 512 * 1024 * 1024

/** What was read, and what has to be said about it. */
export interface Entries {
  readonly entries: readonly Entry[]
  readonly remarks: readonly string[]
}

/**
 * Evaluated runs of results folders, of folders that hold some, of reports, and of files of records (JSON, or one a line).
 * @throws {Failure} if an input cannot be read
 */
export const readEntries = (paths: readonly string[]): Entries => {
  const read = paths.flatMap(sourcesOf).map(readSource)
  const seen = new Set<string>()
  // Trials first: what a results folder says of a run is more than what its record does.
  const ordered = [...read.filter(({ isReport }) => isReport), ...read.filter(({ isReport }) => !isReport)]
  const entries = ordered.flatMap(({ entries: each, isReport }) => {
    const fresh = each.filter(({ record }) => record === undefined || isReport || !seen.has(record))
    for (const { record } of each) if (record !== undefined) seen.add(record)
    return fresh
  })
  return { entries, remarks: read.flatMap(({ remarks }) => remarks) }
}

interface Source extends Entries {
  readonly isReport: boolean
}

/** A folder is a results folder, or holds some. */
const sourcesOf = (path: string): readonly string[] => {
  if (!isFolder(path) || existsSync(join(path, 'report.json'))) return [path]
  const inner = readdirSync(path)
    .toSorted()
    .map((name) => join(path, name))
  const found = inner.filter((each) => existsSync(join(each, 'report.json')))
  if (found.length === 0)
    throw new Failure(`${visibleName(path)} holds no results of the bench: no report.json, there or one folder below`)
  return found
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw new Failure(`${visibleName(path)} cannot be read (${systemError(error)})`)
  }
}

const readSource = (path: string): Source => {
  if (isFolder(path) || /(^|[/\\])report\.json$/.test(path))
    return { entries: entriesOfReport(readReport(path).report), isReport: true, remarks: [] }
  const octets = readFileOf(path, LARGEST, 'a file of records')
  const whole = validate(octets)
  const found = whole.ok ? [entryOfRecord(whole.value)] : linesOf(octets).map(entryOfLine)
  const entries = found.filter((entry) => entry !== undefined && entry !== 'bad')
  const bad = found.filter((entry) => entry === 'bad').length
  if (bad > 0 && bad === found.length) throw new Failure(`${visibleName(path)} holds no valid record`)
  const without = found.length - entries.length - bad
  return {
    entries,
    isReport: false,
    remarks: [
      ...(bad === 0
        ? []
        : [`${visibleName(path)}: ${bad} of ${found.length} lines are no valid record and were left out`]),
      ...(without === 0 ? [] : [`${visibleName(path)}: ${without} of ${found.length} records have no evaluation`]),
    ],
  }
}

const entryOfLine = (line: Uint8Array): Entry | undefined | 'bad' => {
  const checked = validate(line)
  return checked.ok ? entryOfRecord(checked.value) : 'bad'
}

const LINE_FEED = 0x0a

const linesOf = (octets: Uint8Array): readonly Uint8Array[] => {
  const lines: Uint8Array[] = []
  for (let start = 0; start < octets.length; ) {
    const end = octets.indexOf(LINE_FEED, start)
    const line = octets.subarray(start, end === -1 ? octets.length : end)
    if (line.some((octet) => octet > 0x20)) lines.push(line)
    start = end === -1 ? octets.length : end + 1
  }
  return lines
}
