import { randomBytes } from 'node:crypto'
import { digest, sha256 } from '../bytes/digest.ts'
import { type Json, type JsonObject, nowhere, valueAt } from '../bytes/json.ts'
import type { KeyRole } from './case.ts'
import type { Answer } from './exchange.ts'

/** Keys by role; a role without one makes the cases that need it untestable. */
export type KeyRing = Readonly<Partial<Record<KeyRole, string>>>

/** What all cases of a run share. */
export interface Subject {
  readonly url: URL
  readonly keys: KeyRing
  readonly seed: string
  /** ServerInfo of the discovery document; empty where there is none. */
  readonly info: JsonObject
}

/** Something that the case needs and this run does not have. */
export class Missing extends Error {}

/** What one case knows while it runs: its throw-away names, what it captured, its journal and the answers so far. */
export class Room {
  readonly subject: Subject
  readonly started: number
  readonly captured: Map<string, Json> = new Map()
  readonly answers: Map<string, Answer> = new Map()
  readonly bodies: Map<string, Uint8Array> = new Map()
  readonly define: Readonly<Record<string, Json>>
  readonly defined: Map<string, Json> = new Map()
  journal: { readonly seq: number; readonly head: string } = { seq: -1, head: `sha256:${'0'.repeat(64)}` }
  readonly #name: string

  constructor(subject: Subject, name: string, define: Readonly<Record<string, Json>> = {}) {
    this.subject = subject
    this.#name = name
    this.define = define
    this.started = Date.now()
  }

  /** A name that nobody else uses: the same for the same seed, case and word. */
  id(word: string): string {
    return `cx-${sha256(`${this.subject.seed}|${this.#name}|${word}`).slice(0, 20)}-${word}`
  }

  /** Puts the chained line in place as the head that the next one follows. */
  chain(seq: number, octets: Uint8Array): void {
    this.journal = { seq, head: digest(octets) }
  }

  /** The value of a placeholder, without its braces. @throws {Missing} if this run cannot know it */
  placeholder(text: string): Json {
    const time = /^time(?:([+-])([0-9]+))?$/.exec(text)
    if (time) {
      const seconds = Number(`${time[1] ?? '+'}${time[2] ?? 0}`)
      return new Date(this.started + seconds * 1000).toISOString()
    }
    const dot = text.indexOf('.')
    const [kind, word] = [text.slice(0, dot), text.slice(dot + 1)]
    if (kind === 'id') return this.id(word)
    if (kind === 'journal' && word === 'head') return this.journal.head
    if (kind === 'journal' && word === 'seq') return this.journal.seq
    if (kind === 'limit') return this.limit(word)
    if (kind === 'captured') {
      const value = this.captured.get(word)
      if (value === undefined) throw new TypeError(`the case captures no ${word}`)
      return value
    }
    throw new TypeError(`{{${text}}} is no placeholder`)
  }

  /** A limit that the server declares. @throws {Missing} if it declares none */
  limit(name: string): number {
    const value = valueAt(this.subject.info, `/limits/${name}`)
    if (value === nowhere) throw new Missing(`the server declares no limit ${name}`)
    if (!Number.isSafeInteger(value) || (value as number) < 1) {
      throw new Missing(`the limit ${name} that the server declares is no number of octets, lines or runs`)
    }
    return value as number
  }

  /** The key of a role; undefined for a request without one. @throws {Missing} if the run was given none */
  key(role: KeyRole): string | undefined {
    const { keys } = this.subject
    if (role === 'none') return undefined
    const given = keys[role]
    if (given !== undefined) return given
    if (role === 'malformed') return 'not a key at all'
    if (role === 'unknown') return unknownKey(keys.main)
    // A server without keys is tested without; what needs two different keys is not.
    if (role === 'main') return undefined
    throw new Missing(`no key of the role ${role} was given`)
  }
}

/** A key of the shape of a real one, that was never given out. */
const unknownKey = (real: string | undefined): string => {
  const tail = randomBytes(6).toString('hex')
  if (real === undefined || real.length <= tail.length) return tail
  return real.slice(0, -tail.length) + tail
}
