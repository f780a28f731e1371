import { digest } from '../bytes/digest.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { NESTED, privateMembers } from '../bytes/seal.ts'
import { blankRun } from './fold.ts'
import { read } from './reader.ts'
import { isValid } from './schema.ts'

/** A chained line. */
export interface ChainedLine {
  /** Number of the line in the file, from 0, private lines counted. */
  readonly number: number
  readonly seq: number
  readonly prev: string
  readonly type: string
  readonly data: JsonObject
  /** SHA-256 of its bytes, without the line feed. */
  readonly digest: string
}

/** A private line. */
export interface PrivateLine {
  readonly number: number
  readonly value: JsonObject
}

/** What is read of a journal: up to its first line at fault. */
export interface Journal {
  readonly chained: readonly ChainedLine[]
  readonly privates: readonly PrivateLine[]
  /** Number of the line that is none. */
  readonly fault: number | undefined
  /** How many lines were right. */
  readonly right: number
}

const LINE_FEED = 0x0a

/** What the `data` of a line have to be, by its type. */
const SCHEMAS: ReadonlyMap<string, string> = new Map([
  ['step.started', 'step.json'],
  ['step.ended', 'step.json'],
  ['approval', 'approval.json'],
  ['policy_decision', 'policy-decision.json'],
  ['artifact', 'artifact.json'],
  ['evidence', 'evidence.json'],
  ['head', 'journal-head.json'],
])

/** What the `data` of a line are, where they can have private members. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['run.started', 'run'],
  ['run.updated', 'run'],
  ['run.sealed', 'run'],
  ['step.started', 'step'],
  ['step.ended', 'step'],
  ['approval', 'approval'],
  ['policy_decision', 'policy_decision'],
  ['artifact', 'artifact'],
])

const UPDATABLE = new Set(
  (
    'session_id turn_id task_id job_id related links tags agent_name agent_version agent_role runtime runtime_version ' +
    'model provider model_config prompt_version status outcome ended_at duration_ms error error_type input_preview ' +
    'output_preview input_refs output_refs intent tools_available inventory permissions sandbox policies scope ' +
    'git_branch git_commit setup checkpoints recovery cost private_hash metadata provenance'
  ).split(' '),
)
const UPDATABLE_PROVENANCE = new Set(
  'config_hash model_version prompt_digest inventory_hash runtime metadata'.split(' '),
)

/** Reads the lines of a journal; what follows the last line feed is a torn line and not looked at (AR-JRNL-001). */
export const readJournal = (octets: Uint8Array): Journal => {
  const chained: ChainedLine[] = []
  const privates: PrivateLine[] = []
  let [start, number] = [0, 0]
  for (let end = octets.indexOf(LINE_FEED); end !== -1; end = octets.indexOf(LINE_FEED, start)) {
    const line = octets.subarray(start, end)
    const reading = read(line)
    const value = 'value' in reading ? reading.value : undefined
    if (!isObject(value)) return { chained, privates, fault: number, right: number }
    if (isValid(value, 'private-line.json')) privates.push({ number, value })
    else if (isValid(value, 'journal-line.json') && isDataRight(value.type as string, value.data as JsonObject)) {
      const { seq, prev, type, data } = value as unknown as ChainedLine
      chained.push({ number, seq, prev, type, data, digest: digest(line) })
    } else return { chained, privates, fault: number, right: number }
    start = end + 1
    number++
  }
  return { chained, privates, fault: undefined, right: number }
}

const isDataRight = (type: string, data: JsonObject): boolean => {
  const [schema, kind] = [SCHEMAS.get(type), KINDS.get(type)]
  if (schema !== undefined && !isValid(data, schema)) return false
  if (kind !== undefined && !isPublic(kind, data)) return false
  if (type === 'run.updated') return isPatch(data)
  return type !== 'run.sealed' || !['steps', 'eval'].some((name) => Object.hasOwn(data, name))
}

/** Whether an object is its own public form, and what is in it as well. */
const isPublic = (kind: string, object: JsonObject): boolean => {
  const hidden = typeof object.private_hash === 'string' ? ['salt', ...privateMembers(kind)] : []
  if (hidden.some((name) => Object.hasOwn(object, name))) return false
  return Object.entries(NESTED[kind] ?? {}).every(([name, inner]) => {
    const items = object[name]
    return !Array.isArray(items) || items.every((item: Json) => !isObject(item) || isPublic(inner, item))
  })
}

const isPatch = (patch: JsonObject): boolean => {
  const { provenance = {}, ...members } = patch
  if (!isObject(provenance) || !Object.keys(members).every((name) => UPDATABLE.has(name))) return false
  if (!Object.keys(provenance).every((name) => UPDATABLE_PROVENANCE.has(name))) return false
  if (members.status === null || members.cost === null) return false
  const given = Object.entries(members).filter(([, value]) => value !== null)
  const stated = Object.entries(provenance).filter(([, value]) => value !== null)
  const patched = { ...blankRun(), ...Object.fromEntries(given) }
  return isValid({ ...patched, provenance: { run_hash: '-', ...Object.fromEntries(stated) } }, 'agent-run.json')
}
