import { digest, digestText, publicForm, stepLeafBytes } from '../hash/index.ts'
import { type JsonValue, readJson } from '../read/index.ts'
import { signObject } from '../seal/sign-object.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import type { Signer } from '../sign/index.ts'
import { createTreeAppender } from '../tree/index.ts'
import { headOf } from './head.ts'
import { type JournalLine, type LineType, ORIGIN, type PrivateLine } from './line.ts'
import type { ChainedLine } from './open.ts'
import { splitPrivate } from './private.ts'
import type { Journal } from './read.ts'
import { isPrivateLine, lineFault, privateKinds, startFault } from './shape.ts'

/** Options of {@link createJournalWriter}. */
export interface JournalWriterOptions {
  /** Signs the heads; its key must be the one that `run.started` names. Without it no head can be written. */
  readonly signer?: Signer
  /**
   * A journal to go on with: after its sound part, to which the file must be cut first (`sound.octets`).
   * The first line then is `run.resumed`; see {@link JournalWriter.resume}.
   */
  readonly journal?: Journal
}

/** Line types that {@link JournalWriter.append} writes; the others have functions of their own. */
export type AppendedType = Exclude<LineType, 'head' | 'run.resumed' | 'run.sealed'> | (string & {})

/**
 * Writes the lines of a journal (spec/journal.md). Knows no file and no clock. What it returns are texts without line feed,
 * to be written at once and in order, each followed by one: a chained line and the private lines that belong to it.
 * A line takes time that does not depend on the length of the journal, a head O(log n).
 * All of it throws `TypeError` for what cannot be a line, and writes nothing then: a line is an object around what it holds,
 * so a run whose members outside `steps` are nested deeper than 127 levels has no journal.
 */
export interface JournalWriter {
  /** Number of the next chained line. */
  readonly seq: number
  /** Digest of the last chained line: `journal_head` of a record that is sealed now. 64 zeros before the first line. */
  readonly head: string
  /** Number and root of the steps that ended. */
  readonly steps: { readonly count: number; readonly root: string }
  /**
   * Adds an event. `data` is the whole object: private members and salt go to private lines by themselves.
   * @param at time of the event, RFC 3339
   */
  append(type: AppendedType, at: string, data: object): string[]
  /**
   * Adds a signed head over everything so far (AR-JRNL-005 to AR-JRNL-007). Until it is settled, nothing else may be added,
   * since a head names the line before it. Rejects with `TypeError` also without a signer or with another key than that of
   * run.started, with `AgentRunError` for a time that is none, and with whatever the signer fails with.
   */
  signHead(at: string): Promise<string[]>
  /** What a head over everything so far says, for a caller that signs it itself (kind `head`). Throws like `signHead`. */
  headToSign(at: string): { readonly [name: string]: unknown; readonly head: string; readonly signed_by: string }
  /** Adds such a head with its `signature`. What it tells of must still be the last line. */
  addHead(signed: object): string[]
  /**
   * Says that the run goes on: after a pause, or where another writer stopped, and how many octets were cut off then
   * (AR-JRNL-010).
   */
  resume(at: string): string[]
  /** Adds the sealed record: the last chained line. Its journal_head is {@link JournalWriter.head} before the call. */
  seal(at: string, record: object): string[]
}

/** Starts a journal, or goes on with one. @throws {TypeError} if the journal has no sound beginning or ends with a seal */
export const createJournalWriter = (options: JournalWriterOptions = {}): JournalWriter => {
  const { signer, journal } = options
  const tree = createTreeAppender()
  let before: Pick<ChainedLine, 'seq' | 'digest'> | undefined
  let start: JsonObject | undefined
  let sealed = false
  let signing = false
  let cutOff = journal === undefined ? 0 : journal.octets - journal.sound.octets
  if (journal !== undefined) {
    const lines = journal.lines.slice(0, journal.sound.lines)
    before = lines.at(-1)
    start = lines[0]?.data
    if (start === undefined) throw new TypeError('the journal has no sound beginning to go on from')
    if (lines.some(({ type }) => type === 'run.sealed')) throw new TypeError('the journal is sealed')
    for (const leaf of journal.leaves.slice(0, journal.sound.steps)) tree.append(leaf)
  }

  const add = (type: string, at: string, object: object): string[] => {
    if (signing) throw new TypeError('a head is being signed; wait for it before adding a line')
    if (sealed) throw new TypeError('the journal is sealed')
    const kind = type === 'run.sealed' ? undefined : privateKinds.get(type)
    const { form, lines } =
      kind === undefined ? { form: object as JsonObject, lines: [] } : splitPrivate(kind, object as JsonObject)
    const seq = before === undefined ? 0 : before.seq + 1
    const { text, line } = encode({ seq, prev: before?.digest ?? ORIGIN, at, type, data: form })
    if (before === undefined) startsWith(line)
    else if (type === 'run.started') throw new TypeError('the run has started already')
    const privates = lines.map((value) => encodePrivate(value))
    if (type === 'step.ended') tree.append(stepLeafBytes(line.data))
    start ??= line.data
    sealed = type === 'run.sealed'
    before = { seq, digest: digest(text) }
    return [text, ...privates]
  }

  const headToSign = (at: string) => {
    const key = isObject(start?.provenance) ? start.provenance.signed_by : undefined
    if (signer === undefined || signer.did !== key || before === undefined)
      throw new TypeError('a head is signed by the key that run.started names')
    if (signing) throw new TypeError('a head is being signed; wait for it before adding another')
    const head = headOf({ start: start ?? {}, before, size: tree.size, root: tree.root })
    return { ...head, at, head: before.digest, signed_by: signer.did }
  }

  return {
    get seq() {
      return before === undefined ? 0 : before.seq + 1
    },
    get head() {
      return before?.digest ?? ORIGIN
    },
    get steps() {
      return { count: tree.size, root: digestText(tree.root()) }
    },
    append(type, at, data) {
      if (type === 'head' || type === 'run.resumed' || type === 'run.sealed')
        throw new TypeError(`a line of type ${type} is not written by append`)
      return add(type, at, data)
    },
    async signHead(at) {
      const head = headToSign(at)
      signing = true
      let signed: object
      try {
        signed = await signObject('head', head, signer as Signer)
      } finally {
        signing = false
      }
      return add('head', at, signed)
    },
    headToSign,
    addHead(signed) {
      const { head, at } = signed as { head?: unknown; at?: unknown }
      if (head !== before?.digest) throw new TypeError('a head tells of the line before it; lines came in between')
      return add('head', String(at), signed)
    },
    resume(at) {
      if (before === undefined) throw new TypeError('there is no journal to go on with')
      const discarded = { octets: cutOff }
      cutOff = 0
      return add('run.resumed', at, { seq: before.seq, head: before.digest, discarded })
    },
    seal(at, record) {
      return add('run.sealed', at, sealedForm(record as JsonObject))
    },
  }
}

/** The line as it will be read. Text that the strict reader refuses is not written. */
const encode = (value: JournalLine): { readonly text: string; readonly line: JournalLine } => {
  const { text, value: line } = encodeText(value)
  const fault = lineFault(line)
  if (fault !== undefined) throw new TypeError(`this cannot be a line of a journal: found ${fault}`)
  return { text, line: line as unknown as JournalLine }
}

const encodePrivate = (value: PrivateLine): string => {
  const { text, value: line } = encodeText(value)
  if (!isPrivateLine(line)) throw new TypeError('these private members cannot be a line of a journal')
  return text
}

const encodeText = (value: object): { readonly text: string; readonly value: JsonValue } => {
  const text = JSON.stringify(value)
  const read = readJson(text)
  if (read.ok) return read
  const { code, message } = read.finding
  const hint = code === 'json.depth' ? ', the line around it included' : ''
  throw new TypeError(`this cannot be a line of a journal: ${message}${hint}`)
}

const startsWith = (line: JournalLine): void => {
  if (line.type !== 'run.started') throw new TypeError('a journal begins with run.started')
  const fault = startFault(line.data)
  if (fault)
    throw new TypeError(`run.started is at fault at ${fault.pointer}: found ${fault.found}, expected ${fault.expected}`)
}

const sealedForm = (record: JsonObject): JsonObject => {
  const { steps: _, eval: __, ...header } = publicForm('run', record)
  return header
}
