import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Failure } from '../failure.ts'
import { printable } from '../http/show.ts'
import { type Report, writeBaseline } from '../suite/index.ts'
import { annotate, writeStepSummary } from './github.ts'
import type { ReportFiles, ReportFormat, SharedOptions } from './shared-options.ts'
import { wantsColour } from './terminal.ts'

type Renderers = typeof import('../render/index.ts')

const RENDERED: Readonly<Record<keyof ReportFiles, (render: Renderers, report: Report) => string>> = {
  report: (render, report) => render.renderJson(report),
  junit: (render, report) => render.renderJunit(report),
  markdown: (render, report) => render.renderMarkdown(report),
  badge: (render, report) => render.renderBadge(report),
  html: (render, report) => render.renderHtml(report),
  record: (render, report) => render.renderRecord(report),
  writeBaseline: (_render, report) => writeBaseline(report),
}

/** What is the same for two names of one file, links included. */
const identify = (path: string): string => {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (stats?.isFile()) return `${stats.dev}:${stats.ino}`
    return join(realpathSync(dirname(path)), basename(path))
  } catch {
    return resolve(path)
  }
}

/** A member of the options as it is written in a command line. */
const flag = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

const wantedFiles = (options: SharedOptions): readonly (readonly [keyof ReportFiles, string])[] =>
  (Object.keys(RENDERED) as (keyof ReportFiles)[]).flatMap((name) => {
    const path = options[name]
    return path === undefined ? [] : [[name, path] as const]
  })

/**
 * Looks whether the reports can be written to where they are wanted; nobody wants to hear after a minute that they cannot.
 * @param inputs files that are read, and so are not written to
 * @throws {Failure} if not
 */
export const checkFiles = (options: SharedOptions, inputs: () => readonly (string | undefined)[]): void => {
  const wanted = wantedFiles(options)
  if (wanted.length === 0) return
  const read = new Set(inputs().flatMap((path) => (path === undefined ? [] : [identify(path)])))
  const taken = new Map(options.baseline === undefined ? [] : [[identify(options.baseline), 'baseline']])
  for (const [name, path] of wanted) {
    if (path === '') throw new Failure(`${flag(name)} needs the name of a file`)
    if (path === '-') throw new Failure(`${flag(name)} -: reports are written to files; --format says what is printed`)
    const file = identify(path)
    const other = taken.get(file)
    if (other !== undefined) throw new Failure(`${flag(other)} and ${flag(name)} name the same file`)
    if (read.has(file)) throw new Failure(`${flag(name)}: ${printable(path)} is a file that is read; name another`)
    taken.set(file, name)
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats?.isDirectory()) throw new Failure(`${flag(name)}: ${printable(path)} is a directory`)
    // What is no regular file, a device for example, is written to and not replaced.
    attempt(path, () => accessSync(stats === undefined || stats.isFile() ? dirname(path) : path, constants.W_OK))
  }
}

/**
 * Writes a report to standard output and to all files that are wanted: all are rendered before the first is written, and
 * each is replaced as a whole.
 * @throws {Failure} for a file that cannot be written
 */
export const writeReports = async (report: Report, options: SharedOptions): Promise<void> => {
  const render = await import('../render/index.ts')
  const files = wantedFiles(options).map(([name, path]) => ({ path, text: RENDERED[name](render, report) }))
  const shown = onStandardOutput(render, report, options)
  for (const { path, text } of files) replaceFile(path, text)
  writeStepSummary(process.env, () => render.renderMarkdown(report))
  annotate(process.env, report)
  await new Promise<void>((done) => process.stdout.write(shown, () => done()))
}

const onStandardOutput = (render: Renderers, report: Report, { format, color }: SharedOptions): string => {
  const shown: ReportFormat = format ?? (process.stdout.isTTY || process.env.GITHUB_ACTIONS ? 'pretty' : 'line')
  const text =
    shown === 'json'
      ? render.renderJson(report)
      : shown === 'line'
        ? render.renderLine(report)
        : render.renderTerminal(report, {
            color: wantsColour(color, process.env, process.stdout.isTTY),
            width: process.stdout.columns || 100,
          })
  return text.endsWith('\n') ? text : `${text}\n`
}

/** Whoever looks at the file sees the former one or the new one. */
const replaceFile = (path: string, text: string): void => {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats !== undefined && !stats.isFile()) {
    attempt(path, () => writeFileSync(path, text))
    return
  }
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.tmp`)
  try {
    attempt(path, () => {
      writeFileSync(draft, text, stats === undefined ? {} : { mode: stats.mode & 0o777 })
      renameSync(draft, path)
    })
  } finally {
    rmSync(draft, { force: true })
  }
}

const attempt = (path: string, action: () => void): void => {
  try {
    action()
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new Failure(`${printable(path)} cannot be written: ${reason}`, { cause: error })
  }
}
