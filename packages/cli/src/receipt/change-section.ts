import type { Change } from './changes.ts'
import type { Facts } from './facts.ts'
import { excerpt, LIMIT, limited, type Row, type Section, times } from './section.ts'

/** What was changed, run and contacted, by name, each with its result and what allowed it. */
export function changeSections({ effects, artifacts, stepCount }: Facts, all: boolean): Section[] {
  const { changes } = effects
  const created = new Set(artifacts.filter(({ action }) => action === 'created').map(({ name }) => name))
  const table = (title: string, part: readonly Change[], showsKind: boolean): Section => {
    const isRecorded = part.some(({ allowed }) => allowed.state !== undefined)
    const rows = part.map((change) => rowOf(change, created.has(change.target ?? ''), showsKind))
    const remarks = [
      part.length > 0 && part.every(({ inferred }) => inferred) ? 'inferred from the calls' : undefined,
      isRecorded ? undefined : 'what allowed it is not recorded',
    ].filter((remark) => remark !== undefined)
    return {
      title,
      ...(remarks.length > 0 ? { remark: remarks.join('; ') } : {}),
      ...(isRecorded ? { allowedTitle: 'allowed by' } : {}),
      rows: all ? rows : rows.slice(0, LIMIT),
      ...(rows.length > LIMIT && !all ? { lines: [`and ${rows.length - LIMIT} more (--all names them)`] } : {}),
    }
  }
  const commands = changes.filter(({ kind }) => kind === 'exec')
  const hosts = changes.filter(({ kind }) => kind === 'network')
  const things = changes.filter(({ kind }) => kind !== 'exec' && kind !== 'network')
  const sections = [
    things.length > 0
      ? table('Changed', things, true)
      : {
          title: 'Changed',
          lines: [
            nothingChanged(
              stepCount,
              commands.some(({ ran }) => ran),
            ),
          ],
        },
  ]
  if (commands.length > 0) sections.push(table('Ran', commands, false))
  if (hosts.length > 0) sections.push(table('Contacted', hosts, false))
  return sections
}

const nothingChanged = (steps: number, ranCommands: boolean): string => {
  if (steps === 0) return 'nothing: the record has no steps'
  return ranCommands ? 'nothing is recorded by name; the commands below may have' : 'nothing that is recorded'
}

/** Kinds of targets that go without saying. */
const OBVIOUS = new Set(['file', 'command', 'url', 'process', 'service'])

const rowOf = (change: Change, isNew: boolean, showsKind: boolean): Row => {
  const { kind, target, targetKind, operation, agent, results, allowed, ran } = change
  const number = results.reduce((sum, { times: each }) => sum + each, 0)
  const noun = targetKind === undefined || OBVIOUS.has(targetKind) ? '' : ` ${targetKind.replaceAll('_', ' ')}`
  const isRepo = kind === 'write' && targetKind === 'repo'
  const isBad = results.some(({ result }) => result !== '' && result !== 'exit 0')
  return {
    kind: showsKind ? (isRepo ? 'repo' : `${isNew && kind === 'write' ? 'create' : kind}${noun}`) : '',
    target: target ?? operation ?? 'not recorded by name',
    suffix: `${times('', number)}${agent === undefined ? '' : `  by ${agent}`}`,
    result: resultWords(results),
    allowed: allowed.state === undefined ? '– not recorded' : allowed.by + (allowed.inferred ? ' (inferred)' : ''),
    tone: ran ? (isBad ? 'bad' : 'plain') : 'never',
  }
}

/** More results than this are counted instead of listed in order. */
const IN_ORDER = 3

/** How it ended each time: `exit 1, exit 0 (2×)`; of many the sums: `10 ok, 1 failed`. */
const resultWords = (results: Change['results']): string => {
  if (results.length === 1) return results[0]?.result ?? ''
  const named = results.map(({ result, times: number }) => ({ result: result || 'ok', number }))
  if (named.length <= IN_ORDER) return named.map(({ result, number }) => times(result, number)).join(', ')
  const sums = new Map<string, number>()
  for (const { result, number } of named) sums.set(result, (sums.get(result) ?? 0) + number)
  return Array.from(sums, ([result, number]) => `${number}× ${result}`).join(', ')
}

/** What was read, by name. */
export function readSection({ effects: { reads } }: Facts, all: boolean): Section | undefined {
  if (reads.length === 0) return undefined
  const names = reads.map(
    ({ target, times: number, ran }) => `${times(excerpt(target, 160), number)}${ran ? '' : ' – never ran'}`,
  )
  return { title: 'Read', lines: [limited(names, all, (more) => `and ${more} more (--all names them)`).join(', ')] }
}

/** Calls of which nobody says what they did. */
export function otherCallsSection({ effects: { unrecorded } }: Facts): Section | undefined {
  if (unrecorded.length === 0) return undefined
  const names = unrecorded.map(({ tool, times: number }) => times(tool, number))
  return { title: 'Also called', lines: [`${names.join(', ')} – effects not recorded`] }
}
