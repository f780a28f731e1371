import { at, type Check, type Compared, must, should } from '../check.ts'
import type { RecordView, Thing } from '../view.ts'

const TOKENS = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'reasoning_tokens',
  'total_tokens',
]
const AMOUNTS = [...TOKENS, 'cost_usd']
const PARTS: readonly (readonly [whole: string, parts: readonly string[]])[] = [
  ['input_tokens', ['cache_read_tokens', 'cache_write_tokens']],
  ['cache_write_tokens', ['cache_write_5m_tokens', 'cache_write_1h_tokens']],
  ['output_tokens', ['reasoning_tokens']],
]

/** The costs of the run, of its steps and of its eval. */
const wholeCosts = ({ run, steps }: RecordView): readonly Thing[] =>
  [run, ...steps, run.thing('eval')].flatMap((owner) => owner?.thing('cost') ?? [])

/** These, each followed by its entries of `by_model`. */
const allCosts = (view: RecordView): readonly Thing[] =>
  wholeCosts(view).flatMap((cost) => [cost, ...cost.things('by_model')])

/** Whether a step counts tokens; an unknown number and zero don't. */
const hasUsage = (step: Thing): boolean => {
  const cost = step.thing('cost')
  if (cost === undefined) return false
  return [cost, ...cost.things('by_model')].some((each) => TOKENS.some((name) => (each.number(name) ?? 0) !== 0))
}

const sum = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((total, each) => total + (each ?? 0), 0)

/** By how much two amounts may differ: not at all, or money by a millionth. */
const slack = (name: string, one: number, other: number): number =>
  name === 'cost_usd' ? 1e-6 * Math.max(Math.abs(one), Math.abs(other)) : 0

function* usageMisplaced({ steps }: RecordView): Generator<Compared> {
  for (const step of steps) {
    if (step.text('type') === 'model_call' || step.thing('cost') === undefined) continue
    yield hasUsage(step)
      ? at(`${step.path}/cost`, 'token counts on model calls only', 'some on another step')
      : undefined
  }
}

function* total(view: RecordView): Generator<Compared> {
  for (const cost of allCosts(view)) {
    const [input, output, stated] = ['input_tokens', 'output_tokens', 'total_tokens'].map((name) => cost.number(name))
    if (input === undefined || output === undefined || stated === undefined) continue
    yield input + output === stated ? undefined : at(`${cost.path}/total_tokens`, `${input + output}`, `${stated}`)
  }
}

function* parts(view: RecordView): Generator<Compared> {
  for (const cost of allCosts(view)) {
    for (const [name, inside] of PARTS) {
      const whole = cost.number(name)
      if (whole === undefined || inside.every((part) => cost.number(part) === undefined)) continue
      const found = sum(inside.map((part) => cost.number(part)))
      yield found <= whole ? undefined : at(`${cost.path}/${name}`, `at least its parts, ${found}`, `${whole}`)
    }
  }
}

function* byModel(view: RecordView): Generator<Compared> {
  for (const cost of wholeCosts(view)) {
    const entries = cost.things('by_model')
    for (const entry of entries) {
      yield (entry.text('model') ?? '') !== '' ? undefined : at(entry.path, 'an entry with its model', 'none')
      if (Object.hasOwn(entry.value, 'by_model')) yield at(`${entry.path}/by_model`, 'no by_model in an entry', 'one')
    }
    for (const name of entries.length === 0 ? [] : AMOUNTS) {
      const whole = cost.number(name)
      if (whole === undefined) continue
      const shares = entries.map((entry) => entry.number(name))
      const known = sum(shares)
      const most = slack(name, known, whole)
      // What an entry does not know may make up the rest.
      const right = known - whole <= most && (shares.includes(undefined) || whole - known <= most)
      yield right ? undefined : at(`${cost.path}/by_model`, `entries that add up to ${name} ${whole}`, `${known}`)
    }
  }
}

function* stepsExceed({ run, steps }: RecordView): Generator<Compared> {
  const own = run.thing('cost')
  const costs = steps.flatMap((step) => step.thing('cost') ?? [])
  for (const name of own === undefined || costs.length === 0 ? [] : AMOUNTS) {
    const whole = own?.number(name)
    if (whole === undefined) continue
    const known = sum(costs.map((cost) => cost.number(name)))
    const right = known - whole <= slack(name, known, whole)
    yield right ? undefined : at(`/cost/${name}`, `at least what the steps add up to, ${known}`, `${whole}`)
  }
}

function* unitMissing(view: RecordView): Generator<Compared> {
  for (const cost of allCosts(view)) {
    if (!cost.has('amount') && !cost.has('unit')) continue
    yield cost.has('amount') && cost.has('unit') ? undefined : at(cost.path, 'amount and unit together', 'one of them')
  }
}

function* responseDoubled({ steps }: RecordView): Generator<Compared> {
  const seen = new Set<string>()
  for (const step of steps) {
    const response = step.text('response_id')
    if (step.text('type') !== 'model_call' || response === undefined || !hasUsage(step)) continue
    yield seen.has(response)
      ? at(`${step.path}/response_id`, 'the usage of a response on one step', 'a second step with usage')
      : undefined
    seen.add(response)
  }
}

function* priceSourceMissing(view: RecordView): Generator<Compared> {
  for (const cost of allCosts(view)) {
    if (cost.text('price_basis') !== 'computed') continue
    yield cost.has('price_source') ? undefined : at(cost.path, 'the price_source of a computed price', 'none')
  }
}

/** How tokens and money add up (spec/cost.md). */
export const costRules: readonly Check<RecordView>[] = [
  must('cost.usage_misplaced', 'AR-COST-002', 'core', 'Token usage stands on model calls only.', usageMisplaced),
  must('cost.total', 'AR-COST-003', 'core', 'total_tokens is input and output.', total),
  must('cost.parts', 'AR-COST-004', 'core', 'Parts of a token count fit into the whole.', parts),
  must('cost.by_model', 'AR-COST-005', 'core', 'by_model adds up to its cost.', byModel),
  must('cost.steps_exceed', 'AR-COST-006', 'core', 'Steps cost no more than their run.', stepsExceed),
  must('cost.unit_missing', 'AR-COST-007', 'core', 'amount and unit stand together.', unitMissing),
  must('cost.response_doubled', 'AR-COST-008', 'core', 'The usage of a response is counted once.', responseDoubled),
  should('cost.price_source_missing', 'AR-COST-009', 'core', 'A computed price names its source.', priceSourceMissing),
]
