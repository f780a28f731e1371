import { canonicalize } from '../bytes/canonical.ts'
import { digest } from '../bytes/digest.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { publicForm } from '../bytes/seal.ts'
import type { Deposit } from './deposit.ts'
import { chainedLines, finalRecord, groupByRun } from './run-set.ts'
import { valuesOf, type Write } from './stub/listen.ts'

/** Milliseconds that two clocks may disagree about a wait. */
const SLACK = 100

/** What is known of a scenario that was played. */
export interface Played {
  readonly deposits: readonly Deposit[]
  readonly writes: readonly Write[]
  /** Runs that the stub server has. */
  readonly stored: number
  /** Judgements that it was sent. */
  readonly evals: readonly Json[]
  readonly exit: number | null
}

/**
 * What a scenario left behind, as the one JSON value that its rules are about (`conformance/scenarios/README.md`).
 * @param fold the record that a journal gives
 */
export const gatherEvidence = (
  { deposits, writes, stored, evals, exit }: Played,
  fold: (journal: Uint8Array) => JsonObject | undefined,
): JsonObject => {
  const runs = groupByRun(deposits).flatMap((traces) => {
    const journal = traces.journals.at(-1)
    const value = finalRecord(traces)?.value ?? (journal === undefined ? undefined : fold(journal.octets))
    return value === undefined ? [] : [{ value, journal: journal === undefined ? [] : chainedLines(journal.octets) }]
  })
  const root = runs.find(({ value }) => !isChild(value)) ?? runs[0]
  const steps = Array.isArray(root?.value.steps) ? root.value.steps.filter(isObject) : []
  return {
    run: root?.value ?? null,
    runs: runs.toSorted((one) => (one === root ? -1 : 0)).map(({ value }) => value),
    steps: Object.fromEntries(STEP_TYPES.map((name) => [name, steps.filter(({ type }) => type === name)])),
    unrun: steps
      .filter(({ status }) => status === 'denied' || status === 'skipped')
      .flatMap(({ side_effects }) => (Array.isArray(side_effects) ? side_effects : [])),
    children: runs.filter((each) => each !== root).map(({ value }) => value),
    journal: root?.journal ?? [],
    public: runs.map(({ value, journal }) => `${publicTexts(value)} ${journal.map(publicLine).join(' ')}`),
    writes: describeWrites(writes),
    tries: most(writes.map(({ body }) => digest(body))),
    stored,
    evals: [...evals, ...runs.flatMap(({ value }) => (isObject(value.eval) ? [value.eval] : []))],
    exit,
  }
}

const STEP_TYPES = [
  'model_call',
  'reasoning',
  'message',
  'tool_call',
  'tool_result',
  'handoff',
  'handoff_result',
  'input_request',
  'compaction',
  'config_change',
  'error',
  'other',
]

/** Whether a run was started by another one. */
export const isChild = ({ provenance, parent_run_id }: JsonObject): boolean =>
  typeof parent_run_id === 'string' ||
  (isObject(provenance) && Array.isArray(provenance.parents) && provenance.parents.length > 0)

const most = (names: readonly string[]): number => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

/** All of a record that is not private by its name, whether or not it is made erasable, as text. */
const publicTexts = (record: JsonObject): string => canonicalize(publicForm('run', marked(record)))

const publicLine = ({ data, type }: JsonObject): string => {
  if (!isObject(data)) return ''
  if (type === 'step.started' || type === 'step.ended') return publicTexts({ steps: [data] })
  const lists: Readonly<Record<string, string>> = {
    approval: 'approvals',
    policy_decision: 'policy_decisions',
    artifact: 'artifacts',
  }
  const list = lists[String(type)]
  return publicTexts(list === undefined ? data : { [list]: [data] })
}

/** A copy in which everything that can have private members claims to be erasable, so that the public form leaves them out. */
const marked = (record: JsonObject): JsonObject => {
  const mark = (object: Json): Json => (isObject(object) ? { ...object, private_hash: '' } : object)
  const list = (items: Json | undefined, each = mark): Json => (Array.isArray(items) ? items.map(each) : [])
  return {
    ...record,
    private_hash: '',
    steps: list(record.steps, (step) =>
      isObject(step) ? { ...step, private_hash: '', side_effects: list(step.side_effects) } : step,
    ),
    approvals: list(record.approvals),
    policy_decisions: list(record.policy_decisions),
    artifacts: list(record.artifacts),
  }
}

/**
 * Writes as rules see them: `operation`, `status` (null where the connection was cut), `runs` (ids), `constant` (nothing
 * in it contradicts what was sent of that run before), `waited` (it came no earlier than the answer before asked for).
 */
const describeWrites = (writes: readonly Write[]): readonly JsonObject[] => {
  const sent = new Map<string, string>()
  return writes.map((write, index) => {
    const values = valuesOf(write)
    const names = values.flatMap((value) => {
      if (write.operation === 'POST runs/*/events')
        return typeof value.seq === 'number' ? [[`${write.target} line ${value.seq}`, value] as const] : []
      return [[`${String(value.id)} ${isSealedRecord(value)}`, value] as const]
    })
    const constant = names.every(([name, value]) => {
      const found = digest(canonicalize(value))
      const earlier = sent.get(name)
      sent.set(name, found)
      return earlier === undefined || earlier === found
    })
    const before = writes[index - 1]
    const wait = (before?.retryAfter ?? 0) * 1000 - SLACK
    return {
      operation: write.operation,
      status: write.status ?? null,
      constant,
      waited: before === undefined || write.came - before.answered >= wait,
    }
  })
}

const isSealedRecord = ({ provenance }: JsonObject): string =>
  isObject(provenance) && typeof provenance.record_hash === 'string' ? 'sealed' : 'open'
