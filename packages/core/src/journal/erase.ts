import { isObject, listOf } from '../semantics/object.ts'
import type { ChainedLine } from './open.ts'
import { readJournal } from './read.ts'
import { privateKinds } from './shape.ts'

/** A journal without the private members of some objects. */
export interface ErasedJournal {
  readonly bytes: Uint8Array
  /** Hashes whose private lines were removed, for a tombstone. */
  readonly private_hashes: readonly string[]
}

const LINE_FEED = 0x0a

/**
 * Removes every private line of the objects that have these `private_hash`es: those under former hashes of the run too,
 * and those of a step from when it started. The chain and its heads stay as they are (AR-JRNL-008). Bytes after the last line
 * feed are not kept, since they may hold a part of what is to go.
 * @throws {TypeError} for a journal with a fault, of which nobody can say what belongs to what
 */
export const eraseJournal = (bytes: Uint8Array, privateHashes: Iterable<string>): ErasedJournal => {
  const journal = readJournal(bytes)
  if (journal.findings.length > 0) throw new TypeError('only a journal without faults can be erased')
  const wanted = withFormerHashes(journal.lines, new Set(privateHashes))
  const kept: Uint8Array[] = []
  const removed = new Set<string>()
  const chained = new Set(journal.lines.map(({ octet }) => octet))
  for (let from = 0; from < bytes.length - journal.torn; ) {
    const end = bytes.indexOf(LINE_FEED, from) + 1
    const line = bytes.subarray(from, end)
    const hash = chained.has(from) ? undefined : privateHashOf(line)
    if (hash !== undefined && wanted.has(hash)) removed.add(hash)
    else kept.push(line)
    from = end
  }
  return { bytes: joined(kept), private_hashes: [...removed] }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const privateHashOf = (line: Uint8Array): string => {
  const { private: hash } = JSON.parse(decoder.decode(line)) as { readonly private: string }
  return hash
}

/** Hashes that a step and its side effects have or had. */
interface StepHashes {
  readonly own: Set<string>
  /** Of side effects before the step ended, and after. */
  readonly declared: Set<string>
  readonly effects: Set<string>
}

/** All hashes that the objects of some hashes have or had. */
const withFormerHashes = (lines: readonly ChainedLine[], hashes: ReadonlySet<string>): ReadonlySet<string> => {
  const run = new Set<string>()
  const steps = new Map<unknown, StepHashes>()
  for (const { type, data } of lines) {
    const kind = privateKinds.get(type)
    if (kind === 'run') addHash(run, data)
    if (kind !== 'step') continue
    const step = steps.get(data.id) ?? { own: new Set(), declared: new Set(), effects: new Set() }
    steps.set(data.id, step)
    addHash(step.own, data)
    for (const effect of listOf(data, 'side_effects'))
      addHash(type === 'step.started' ? step.declared : step.effects, effect)
  }
  const wanted = new Set(hashes)
  const meet = (...sets: ReadonlySet<string>[]): boolean =>
    sets.some((set) => [...set].some((hash) => hashes.has(hash)))
  const want = (set: ReadonlySet<string>): void => {
    for (const hash of set) wanted.add(hash)
  }
  if (meet(run)) want(run)
  for (const { own, declared, effects } of steps.values()) {
    if (meet(own)) want(own)
    // Nothing says which of the declared effects became which of those in the end.
    if (meet(declared, effects)) want(declared)
  }
  return wanted
}

const addHash = (hashes: Set<string>, object: unknown): void => {
  if (isObject(object) && typeof object.private_hash === 'string') hashes.add(object.private_hash)
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
