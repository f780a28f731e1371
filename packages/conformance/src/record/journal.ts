import { hash } from '../bytes/digest.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { stepLeaf } from '../bytes/seal.ts'
import { GrowingTree } from '../bytes/tree.ts'
import { isSigned, keyOf } from '../bytes/verify.ts'
import { at, type Check, type Compared, must } from './check.ts'
import type { ChainedLine, Journal } from './journal-lines.ts'
import { schemaFaults } from './schema.ts'
import { isSame, provenanceOf } from './subject.ts'

const ORIGIN = `sha256:${'0'.repeat(64)}`

/** Members that a run gets later: no beginning has them. */
const LATER = ['steps', 'approvals', 'policy_decisions', 'artifacts', 'evidence', 'eval']
/** Members of a seal in the provenance. */
export const SEALS: readonly string[] = [
  'steps_count',
  'steps_root',
  'journal_head',
  'sealed_at',
  'record_hash',
  'signature',
]

function* line({ fault, right }: Journal): Generator<Compared> {
  if (right > 0) yield undefined
  if (fault !== undefined)
    yield at(`/${fault}`, 'a private line, or a chained one as its type asks for', 'something else')
}

function* seq({ chained }: Journal): Generator<Compared> {
  let expected = 0
  for (const { seq, number } of chained) {
    yield seq === expected ? undefined : at(`/${number}/seq`, `${expected}`, `${seq}`)
    expected = seq + 1
  }
}

function* chain({ chained }: Journal): Generator<Compared> {
  let expected = ORIGIN
  for (const { prev, number, digest } of chained) {
    yield prev === expected ? undefined : at(`/${number}/prev`, expected, prev)
    expected = digest
  }
}

function* start({ chained }: Journal): Generator<Compared> {
  const [first, ...rest] = chained
  if (first === undefined) yield at('', 'a line run.started', 'no chained line')
  else if (first.type !== 'run.started') yield at(`/${first.number}/type`, 'run.started', 'another type')
  else {
    const place = startFault(first.data)
    yield place === undefined ? undefined : at(`/${first.number}/data${place}`, 'data that can begin a run', 'others')
  }
  for (const { type, number } of rest)
    if (type === 'run.started') yield at(`/${number}/type`, 'one run.started', 'a second one')
}

/** Where the data of `run.started` can't begin a run. */
const startFault = (data: JsonObject): string | undefined => {
  for (const name of ['id', 'spec_version', 'agent_id', 'started_at', 'provenance'])
    if (!Object.hasOwn(data, name)) return `/${name}`
  const { provenance } = data
  if (!isObject(provenance) || typeof provenance.nonce !== 'string') return '/provenance/nonce'
  const early = LATER.find((name) => Object.hasOwn(data, name))
  if (early !== undefined) return `/${early}`
  const seal = SEALS.find((name) => Object.hasOwn(provenance, name))
  if (seal !== undefined) return `/provenance/${seal}`
  if (Object.hasOwn(provenance, 'signed_by') && keyOf(provenance.signed_by) === undefined)
    return '/provenance/signed_by'
  const blank = { status: 'running', cost: { input_tokens: null, output_tokens: null }, steps: [] }
  const whole = { ...blank, ...data, provenance: { run_hash: '-', ...provenance } }
  return schemaFaults(whole, 'agent-run.json').next().done === true ? undefined : ''
}

/** Heads, each with the number of its line among the chained ones. */
export const headsOf = ({ chained }: Journal): readonly (readonly [number, ChainedLine])[] =>
  [...chained.entries()].filter(([, { type }]) => type === 'head')

const startedBy = ({ chained }: Journal): JsonObject =>
  chained[0]?.type === 'run.started' ? provenanceOf(chained[0].data) : {}

function* headKey(journal: Journal): Generator<Compared> {
  const key = startedBy(journal).signed_by
  for (const [, { data, number }] of headsOf(journal))
    yield data.signed_by === key ? undefined : at(`/${number}/data/signed_by`, 'the key of run.started', 'another one')
}

function* headSignature(journal: Journal): Generator<Compared> {
  for (const [, { data, number }] of headsOf(journal)) {
    const right = isSigned('head', data)
    yield right ? undefined : at(`/${number}/data/signature`, 'a signature by the key of signed_by', 'another one')
  }
}

function* headMismatch(journal: Journal): Generator<Compared> {
  const tree = new GrowingTree()
  const run = journal.chained[0]?.data ?? {}
  for (const [index, { type, data, number }] of journal.chained.entries()) {
    if (type === 'step.ended') tree.add(stepLeaf(data))
    if (type !== 'head') continue
    const before = journal.chained[index - 1]
    const right: readonly (readonly [string, Json | undefined])[] = [
      ['run_id', run.id],
      ['nonce', provenanceOf(run).nonce],
      ['seq', before?.seq],
      ['head', before?.digest],
      ['steps_count', tree.size],
      ['steps_root', `sha256:${tree.root()}`],
    ]
    const wrong = right.find(([name, value]) => data[name] !== value)
    yield wrong === undefined
      ? undefined
      : at(`/${number}/data/${wrong[0]}`, 'what describes the lines before it', 'something else')
  }
}

function* privateLines({ chained, privates }: Journal): Generator<Compared> {
  const known = new Set<Json>()
  for (const { data } of chained) collectPrivateHashes(data, known)
  for (const { value, number } of privates) {
    const { private: stated, ...members } = value
    const right = known.has(stated!) && hash('private', members) === stated
    yield right ? undefined : at(`/${number}`, 'a line whose digest is a private_hash of the chain', 'another one')
  }
}

const collectPrivateHashes = (value: Json, known: Set<Json>): void => {
  if (isObject(value) && typeof value.private_hash === 'string') known.add(value.private_hash)
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) collectPrivateHashes(inner, known)
}

function* afterSeal({ chained }: Journal): Generator<Compared> {
  let sealed = false
  for (const { type, number } of chained) {
    if (sealed) yield at(`/${number}`, 'nothing after run.sealed', 'a chained line')
    sealed ||= type === 'run.sealed'
  }
  if (sealed && chained.at(-1)?.type === 'run.sealed') yield undefined
}

function* discarded({ chained }: Journal): Generator<Compared> {
  for (const [index, { type, data, number }] of chained.entries()) {
    const before = chained[index - 1]
    if (type !== 'run.resumed' || before === undefined) continue
    const octets = isObject(data.discarded) ? data.discarded.octets : undefined
    const rights: readonly (readonly [string, boolean])[] = [
      ['seq', isSame(data.seq, before.seq)],
      ['head', data.head === before.digest],
      ['discarded', typeof octets === 'number' && Number.isInteger(octets) && octets >= 0],
    ]
    const wrong = rights.find(([, right]) => !right)
    yield wrong === undefined
      ? undefined
      : at(`/${number}/data/${wrong[0]}`, 'what describes the line before and what was cut off', 'something else')
  }
}

function* finalStep({ chained }: Journal): Generator<Compared> {
  const seen = new Set<Json | undefined>()
  let index = 0
  for (const { type, data } of chained) {
    if (type !== 'step.ended') continue
    const place = at(`/steps/${index++}`, 'one step.ended for each step', 'a second one')
    yield seen.has(data.id) ? { ...place, code: 'journal.fold' } : undefined
    seen.add(data.id)
  }
}

/** What the lines of a journal have to keep by themselves, in the order of spec/journal.md. */
export const lineChecks: readonly Check<Journal>[] = [
  must('journal.line', 'AR-JRNL-001', 'journal', 'Every line is a line of a journal.', line),
  must('journal.seq', 'AR-JRNL-002', 'journal', 'Chained lines are numbered without a gap.', seq),
  must('journal.chain', 'AR-JRNL-003', 'journal', 'prev is the digest of the chained line before.', chain),
  must('journal.start', 'AR-JRNL-004', 'journal', 'The first chained line begins a run, and no other.', start),
  must('journal.head_key', 'AR-JRNL-005', 'journal', 'Heads are signed by the key of run.started.', headKey),
  must('journal.head_signature', 'AR-JRNL-006', 'journal', 'The signature of a head is right.', headSignature),
  must('journal.head_mismatch', 'AR-JRNL-007', 'journal', 'A head describes the lines before it.', headMismatch),
  must('journal.private', 'AR-JRNL-008', 'journal', 'A private line belongs to the chain.', privateLines),
  must('journal.after_seal', 'AR-JRNL-009', 'journal', 'Nothing follows run.sealed.', afterSeal),
  must('journal.discarded', 'AR-JRNL-010', 'journal', 'run.resumed says where it goes on.', discarded),
  must('journal.final_step', 'AR-STEP-016', 'journal', 'A final step does not change.', finalStep),
]
