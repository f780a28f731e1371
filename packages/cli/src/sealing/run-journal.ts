import { checkJournal, foldJournal, type Journal, readJournal } from '@agent-run/core'
import { count, type Style, styleOf, visible, visibleName, wantsColour } from '@agent-run/core/text'
import { exit, Failure } from '../failure.ts'
import { safeJson } from '../format/safe-json.ts'
import { readWhole } from '../input/whole.ts'
import { outputTo, refuseToReplace } from '../terminal/output.ts'
import { oneRecord, oneSource } from './values.ts'
import { writeValues } from './write-result.ts'

/** Longest journal, in bytes. */
const LONGEST = 512 * 1024 * 1024

/** Options of `agent-run journal fold`. */
export interface FoldOptions {
  readonly output?: string
}

/** Writes the record that a journal adds up to. Returns the exit code. Throws `Failure`. */
export async function runJournalFold(name: string, { output }: FoldOptions): Promise<number> {
  refuseToReplace(output, [name])
  const journal = await journalIn(name)
  const { run, findings } = foldJournal(journal)
  const [finding] = [...journal.findings, ...findings]
  if (run === undefined)
    throw new Failure(`${visibleName(name)}: ${finding ? findingText(finding) : 'no sound beginning'}`)
  await writeValues([run], output === undefined ? {} : { output })
  if (finding === undefined) return exit.clean
  process.stderr.write(
    `agent-run: ${visibleName(name)}: ${findingText(finding)}; what comes before it was folded (${count(journal.sound.lines, 'line')})\n`,
  )
  return exit.findings
}

/** Options of `agent-run journal verify`. */
export interface JournalVerifyOptions {
  readonly record?: string
  readonly format: 'text' | 'json'
  readonly output?: string
  readonly color?: boolean
}

/** Says what a journal proves, by itself or beside its record. Returns the exit code. Throws `Failure`. */
export async function runJournalVerify(name: string, options: JournalVerifyOptions): Promise<number> {
  refuseToReplace(options.output, [name, options.record])
  const journal = await journalIn(name)
  const run = options.record === undefined ? undefined : (await oneRecord(options.record)).run
  const check = checkJournal(journal, run)
  const sink = outputTo(options.output)
  if (options.format === 'json') {
    const { lines, heads, leaves, torn } = journal
    const counts = { lines: lines.length, steps: leaves.length, heads: heads.length, torn_bytes: torn }
    await sink.write(`${safeJson({ file: name, ok: check.result === 'pass', ...check, ...counts }, 2)}\n`)
  } else {
    const isTerminal = options.output === undefined && process.stdout.isTTY === true
    const style = styleOf(wantsColour({ option: options.color, env: process.env, isTerminal }))
    await sink.write(`${words(name, journal, check, run !== undefined, style).join('\n')}\n`)
  }
  await sink.close()
  return check.result === 'pass' ? exit.clean : exit.findings
}

const words = (
  name: string,
  journal: Journal,
  check: ReturnType<typeof checkJournal>,
  hasRecord: boolean,
  style: Style,
): string[] => {
  const { lines, heads, leaves, torn } = journal
  const id = lines[0]?.data['id']
  const of = typeof id === 'string' ? ` of ${visible(id)}` : ''
  const holds = check.result === 'pass'
  const rows = [
    holds
      ? style.green(`✓ the journal${of} holds${hasRecord ? ' and tells of this record' : ''}`)
      : style.red(`✗ the journal${of} does not hold: ${check.code}`),
    `  ${count(lines.length, 'line')}, ${count(leaves.length, 'step')}, ${count(heads.length, 'signed head')}   ${visibleName(name)}`,
  ]
  if (!holds) {
    const line = /^\/(\d+)/.exec(check.path ?? '')
    const where = check.code === 'journal.fold' || line === null ? check.path : `line ${Number(line[1]) + 1}`
    if (where) rows.push(`  ${style.dim('where')}     ${visible(where)}`)
    if (check.expected) rows.push(`  ${style.dim('expected')}  ${visible(check.expected)}`)
    if (check.found) rows.push(`  ${style.dim('found')}     ${visible(check.found)}`)
    return rows
  }
  rows.push(
    check.checkpoint === undefined
      ? '  No head is signed: whoever kept the file could have written all of it.'
      : `  Lines 0 to ${check.checkpoint} are as they were when the run's key signed a head over them.`,
    check.sealed
      ? '  It goes as far as the seal of the record.'
      : '  It stops before a seal: whether more happened afterwards it cannot say.',
  )
  if (torn > 0)
    rows.push(`  The last line is torn (${count(torn, 'byte')}): it was being written when the writer stopped.`)
  return rows
}

const findingText = ({
  code,
  expected,
  found,
  path,
}: {
  code: string
  expected: string
  found: string
  path: string
}): string =>
  `${code} at ${visible(path === '' ? 'the beginning' : path)}: expected ${visible(expected)}, found ${visible(found)}`

const journalIn = async (name: string): Promise<Journal> => readJournal(await readWhole(oneSource(name), LONGEST))
