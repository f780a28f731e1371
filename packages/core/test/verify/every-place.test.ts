import { readFileSync } from 'node:fs'
import type { Verdict } from '@agent-run/types'
import { beforeAll, describe, expect, it } from 'vitest'
import { pointerOf } from '../../src/read/pointer.ts'
import { createVerifier, verify } from '../../src/verify/index.ts'
import { now, type Rich, richRecord, trust } from './rich-record.ts'

/** A change at one place of a record. */
interface Change {
  readonly kind: 'change' | 'delete' | 'add' | 'reorder'
  readonly path: string
  readonly record: unknown
}

const isLong = !!process.env['AGENT_RUN_LONG']

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Token = string | number

const undetected: { readonly kind: string; readonly path: string; readonly why: string }[] = JSON.parse(
  readFileSync(new URL('../../../../conformance/cases/undetected.json', import.meta.url), 'utf8'),
)

/** The check that covers a place, besides `schema` and `semantics`, which may have something to say as well. */
const coveredBy = (path: string): Verdict['checks'][number]['check'] => {
  if (/^\/steps(\/|$)/.test(path)) return 'steps'
  if (/^\/eval(\/|$)/.test(path)) return 'evals'
  if (path === '/provenance/signature') return 'signature'
  return 'record'
}

let rich: Rich
let verifier: (record: unknown) => Verdict

beforeAll(async () => {
  rich = await richRecord()
  const verifyOne = createVerifier({ trust, related: rich.related, now })
  verifier = (record) => verifyOne(JSON.stringify(record))
})

describe('a rich record', () => {
  it('is accountable before anything is changed, and every check that can pass does', () => {
    const { level, ok, checks } = verify(JSON.stringify(rich.run), {
      trust,
      related: rich.related,
      journal: rich.journal,
      now,
    })
    const results = Object.fromEntries(checks.map(({ check, result }) => [check, result]))
    expect({ level, ok, ...results }).toEqual({
      level: 'accountable',
      ok: true,
      schema: 'pass',
      semantics: 'pass',
      run_hash: 'pass',
      steps: 'pass',
      record: 'pass',
      signature: 'pass',
      signer: 'pass',
      approvals: 'pass',
      lineage: 'pass',
      journal: 'pass',
      evals: 'pass',
      erasures: 'absent',
    })
  })

  it('has every member of every schema, except those of converted records', () => {
    expect([...membersMissing(rich.run, 'agent-run.json')].sort()).toEqual([
      'agent-run.json source',
      'step.json source_ref',
    ])
  })

  const places = isLong ? 'every JSON Pointer' : 'the first and last of alike JSON Pointers'
  it(`shows every change, deletion, addition and new order at ${places}, in the check that covers it`, () => {
    const all = [...changesOf(rich.run as unknown as Json)]
    expect(all.length).toBeGreaterThan(2900)
    const changes = isLong ? all : firstAndLast(all)
    const missed: { kind: string; path: string }[] = []
    const wrongCheck: string[] = []
    for (const { kind, path, record } of changes) {
      const { checks, first_failure } = verifier(record)
      if (first_failure === undefined) missed.push({ kind, path })
      else if (first_failure !== 'schema' && checks.find(({ check }) => check === coveredBy(path))?.result !== 'fail')
        wrongCheck.push(`${kind} ${path}: ${first_failure}`)
    }
    expect(wrongCheck).toEqual([])
    expect(missed).toEqual(undetected.filter(({ path }) => path !== '*').map(({ kind, path }) => ({ kind, path })))
  })

  it('is the same record with the members of any object in another order', () => {
    expect(undetected.filter(({ path }) => path === '*').map(({ kind }) => kind)).toEqual(['reorder'])
    const verdict = verifier(rich.run)
    let count = 0
    for (const tokens of placesOf(rich.run as unknown as Json, [])) {
      const value = at(rich.run as unknown as Json, tokens)
      if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length < 2) continue
      count++
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      expect(verifier(replaced(rich.run as unknown as Json, tokens, reversed))).toEqual(verdict)
    }
    expect(count).toBeGreaterThan(150)
  })
})

/** Of places that differ only in the numbers of items the first and the last, and all that are known to go undetected. */
const firstAndLast = (changes: readonly Change[]): Change[] => {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const name = `${change.kind} ${change.path.replace(/\/\d+(?=\/|$)/g, '/*')}`
    groups.set(name, [...(groups.get(name) ?? []), change])
  }
  const chosen = new Set([...groups.values()].flatMap((alike) => [alike[0], alike.at(-1)]))
  const known = new Set(undetected.map(({ kind, path }) => `${kind} ${path}`))
  return changes.filter((change) => chosen.has(change) || known.has(`${change.kind} ${change.path}`))
}

type Schema = {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: { readonly [name: string]: Schema }
}

/** Members that a schema, and those it refers to, know and no object of the record has. */
const membersMissing = (record: unknown, root: string): Set<string> => {
  const schemas = new URL('../../../../schemas/', import.meta.url)
  const known = new Set<string>()
  const seen = new Set<string>()
  const visit = (value: unknown, schema: Schema, file: string): void => {
    const ref = schema.$ref ?? schema.allOf?.[0]?.$ref
    if (ref !== undefined) visit(value, JSON.parse(readFileSync(new URL(ref, schemas), 'utf8')), ref)
    else if (Array.isArray(value)) for (const item of value) visit(item, schema.items ?? {}, file)
    else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        known.add(`${file} ${name}`)
        if (!Object.hasOwn(value, name)) continue
        seen.add(`${file} ${name}`)
        visit((value as Record<string, unknown>)[name], member, member.properties ? `${file}/${name}` : file)
      }
  }
  visit(record, { $ref: root }, root)
  return new Set([...known].filter((member) => !seen.has(member)))
}

/** One change after the other, each to a record that is otherwise as it was. */
function* changesOf(record: Json): Generator<Change> {
  for (const tokens of placesOf(record, [])) {
    const path = pointerOf(tokens)
    const value = at(record, tokens)
    const changed = (kind: Change['kind'], to: Json): Change => ({ kind, path, record: replaced(record, tokens, to) })
    if (tokens.length > 0) {
      if (typeof value !== 'object' || value === null) yield changed('change', otherThan(value))
      yield { kind: 'delete', path, record: without(record, tokens) }
    }
    if (Array.isArray(value)) {
      yield changed('add', [...value, value.at(-1) ?? {}])
      const reversed = [...value].reverse()
      if (JSON.stringify(reversed) !== JSON.stringify(value)) yield changed('reorder', reversed)
    } else if (typeof value === 'object' && value !== null) yield changed('add', { ...value, added_member: 1 })
  }
}

function* placesOf(value: Json, tokens: readonly Token[]): Generator<readonly Token[]> {
  yield tokens
  if (typeof value !== 'object' || value === null) return
  const entries: [Token, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  for (const [token, item] of entries) yield* placesOf(item, [...tokens, token])
}

const at = (value: Json, tokens: readonly Token[]): Json =>
  tokens.reduce<Json>((each, token) => (each as Record<Token, Json>)[token] as Json, value)

/** A value of the same type that looks like the old one: the last digit of a hash, a letter more. */
const otherThan = (value: null | boolean | number | string): Json => {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (value === null) return 0
  const last = value.at(-1) ?? ''
  return /^(sha256:)?[0-9a-f]{32,}$/.test(value) ? value.slice(0, -1) + (last === '0' ? '1' : '0') : `${value}x`
}

const replaced = (value: Json, [token, ...rest]: readonly Token[], to: Json): Json => {
  if (token === undefined) return to
  if (Array.isArray(value)) return value.map((item, i) => (i === token ? replaced(item, rest, to) : item))
  const object = value as { [name: string]: Json }
  return { ...object, [token]: replaced(object[token] as Json, rest, to) }
}

const without = (record: Json, tokens: readonly Token[]): Json => {
  const last = tokens.at(-1)
  const holder = at(record, tokens.slice(0, -1))
  const rest = Array.isArray(holder)
    ? holder.filter((_, i) => i !== last)
    : Object.fromEntries(Object.entries(holder as object).filter(([name]) => name !== last))
  return replaced(record, tokens.slice(0, -1), rest as Json)
}
