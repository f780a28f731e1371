import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import type { BenchReport } from '@agent-run/types'
import { Failure, systemError } from '../failure.ts'
import { readFileOf } from '../own-file.ts'
import { schemaFaults } from '../schema/schema-faults.ts'

/** Largest report, in bytes. */
const LARGEST = 256 * 1024 * 1024

/** Faults of a report that are named. */
const NAMED = 5

/** A report with where it was read from. */
export interface ReadReport {
  readonly report: BenchReport
  /** Its results folder; undefined for a report that was given as a file of another name. */
  readonly folder: string | undefined
}

/**
 * Reads the report of a bench run.
 * @param path a results folder, or a report file
 * @throws {Failure} if there is none, or it is not right
 */
export const readReport = (path: string): ReadReport => {
  const isFolder = folderAt(path)
  const file = isFolder ? join(path, 'report.json') : path
  const octets = octetsOf(file, isFolder ? path : undefined)
  const read = readJson(octets)
  if (!read.ok) throw new Failure(`${visibleName(file)} is no JSON: ${visible(read.finding.message)}`)
  const { value } = read
  if (typeof value !== 'object' || value === null || !('trials' in value))
    throw new Failure(`${visibleName(file)} is no report of a bench run; expected report.json of a results folder`)
  const faults = schemaFaults('bench-report.json', value).filter(({ severity }) => severity === 'error')
  if (faults.length > 0)
    throw new Failure(`${visibleName(file)} is no report that this version understands`, {
      details: faults.slice(0, NAMED).map(({ path: place, message }) => `${visible(place)}: ${visible(message)}`),
    })
  return { report: value as unknown as BenchReport, folder: isFolder ? path : undefined }
}

const folderAt = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw new Failure(
      `${visibleName(path)} cannot be read (${systemError(error)}); expected a results folder or a report.json`,
    )
  }
}

const octetsOf = (file: string, folder: string | undefined): Uint8Array => {
  if (folder !== undefined && !existsSync(file))
    throw new Failure(
      `${visibleName(folder)} is no results folder: it has no report.json. A run that was stopped early is finished by --resume`,
    )
  return readFileOf(file, LARGEST, 'a report')
}
