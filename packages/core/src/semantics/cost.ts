import type { Context, StepPlace } from './context.ts'
import { isGiven, type JsonObject, numberOf, objectOf, placesOf, textOf } from './object.ts'
import type { Report, Rule } from './rule.ts'

const TOKENS = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'reasoning_tokens',
  'total_tokens',
] as const

/** Amounts that add up: tokens exactly, money within a millionth. */
const AMOUNTS = [...TOKENS, 'cost_usd'] as const
const MONEY_TOLERANCE = 1e-6

/** Rules about tokens and money. */
export const costRules: readonly Rule[] = [
  {
    code: 'cost.usage_misplaced',
    severity: 'error',
    requirement: 'AR-COST-002',
    summary: 'token usage stands on model_call steps and nowhere else',
    check: ({ steps }, report) => {
      for (const step of steps) {
        if (step.type !== 'model_call' && hasUsage(step))
          report(
            `${step.path}/cost`,
            'the step has token usage and is no model_call; expected usage on the model_call step',
          )
      }
    },
  },
  {
    code: 'cost.total',
    severity: 'error',
    requirement: 'AR-COST-003',
    summary: 'total_tokens is input_tokens + output_tokens, where all are known',
    check: ({ costs }, report) => {
      for (const { value, path } of costs) {
        const [input, output, total] = [
          numberOf(value, 'input_tokens'),
          numberOf(value, 'output_tokens'),
          numberOf(value, 'total_tokens'),
        ]
        if (input !== undefined && output !== undefined && total !== undefined && total !== input + output)
          report(
            `${path}/total_tokens`,
            `total_tokens is ${total}; expected ${input + output}, input and output together`,
          )
      }
    },
  },
  {
    code: 'cost.parts',
    severity: 'error',
    requirement: 'AR-COST-004',
    summary: 'parts of input_tokens, cache_write_tokens and output_tokens do not exceed them',
    check: ({ costs }, report) => {
      for (const { value, path } of costs) {
        const known = (member: string) => numberOf(value, member) ?? 0
        const parts = {
          input_tokens: known('cache_read_tokens') + known('cache_write_tokens'),
          cache_write_tokens: known('cache_write_5m_tokens') + known('cache_write_1h_tokens'),
          output_tokens: known('reasoning_tokens'),
        }
        for (const [member, part] of Object.entries(parts)) {
          const whole = numberOf(value, member)
          if (whole !== undefined && part > whole)
            report(
              `${path}/${member}`,
              `${member} is ${whole} and its parts are ${part}; expected parts within the whole`,
            )
        }
      }
    },
  },
  {
    code: 'cost.by_model',
    severity: 'error',
    requirement: 'AR-COST-005',
    summary: 'by_model names its models and adds up to its cost',
    check: ({ costs }, report) => {
      for (const { value, path, isEntry } of costs) if (!isEntry) checkByModel(value, path, report)
    },
  },
  {
    code: 'cost.steps_exceed',
    severity: 'error',
    requirement: 'AR-COST-006',
    summary: "the costs of the steps do not add up to more than the run's",
    check: checkSteps,
  },
  {
    code: 'cost.unit_missing',
    severity: 'error',
    requirement: 'AR-COST-007',
    summary: 'amount and unit stand together',
    check: ({ costs }, report) => {
      for (const { value, path } of costs) {
        const [amount, unit] = [isGiven(value, 'amount'), isGiven(value, 'unit')]
        if (amount !== unit)
          report(
            path,
            amount ? 'amount is given without unit; expected both' : 'unit is given without amount; expected both',
          )
      }
    },
  },
  {
    code: 'cost.response_doubled',
    severity: 'error',
    requirement: 'AR-COST-008',
    summary: 'usage of one response is counted on one model_call step',
    check: ({ steps }, report) => {
      const seen = new Set<string>()
      for (const step of steps) {
        const response = textOf(step.value, 'response_id')
        if (step.type !== 'model_call' || response === undefined || !hasUsage(step)) continue
        if (seen.has(response))
          report(
            `${step.path}/response_id`,
            'the usage of this response is counted on an earlier step; expected it once',
          )
        seen.add(response)
      }
    },
  },
  {
    code: 'cost.price_source_missing',
    severity: 'warning',
    requirement: 'AR-COST-009',
    summary: 'a computed price names its price_source',
    check: ({ costs }, report) => {
      for (const { value, path } of costs) {
        if (value.price_basis === 'computed' && !isGiven(value, 'price_source'))
          report(
            path,
            'price_basis is computed and price_source is absent; expected the price list and the model matched',
          )
      }
    },
  },
]

/** Whether a step counts tokens: an unknown number and zero do not. */
const hasUsage = (step: StepPlace): boolean => {
  const cost = objectOf(step.value, 'cost')
  if (!cost) return false
  return [cost, ...placesOf(cost, 'by_model', '').map(({ value }) => value)].some((counted) =>
    TOKENS.some((member) => (numberOf(counted, member) ?? 0) !== 0),
  )
}

const checkByModel = (cost: JsonObject, path: string, report: Report): void => {
  const entries = placesOf(cost, 'by_model', path)
  if (entries.length === 0) return
  for (const entry of entries) {
    if (!textOf(entry.value, 'model')) report(entry.path, 'the entry names no model; expected model')
    if (entry.value.by_model !== undefined)
      report(`${entry.path}/by_model`, 'the entry is split again; expected no by_model in an entry')
  }
  for (const member of AMOUNTS) {
    const whole = numberOf(cost, member)
    const parts = entries.map(({ value }) => numberOf(value, member))
    if (whole === undefined) continue
    const sum = total(parts)
    // Unknown parts can only add to what is known.
    const agrees = parts.includes(undefined) ? !exceeds(member, sum, whole) : equals(member, sum, whole)
    if (!agrees)
      report(`${path}/by_model`, `${member} adds up to ${shown(sum)}; expected ${whole}, that of the cost it splits`)
  }
}

function checkSteps({ run, steps }: Context, report: Report): void {
  const whole = objectOf(run, 'cost')
  if (!whole) return
  const costs = steps.map(({ value }) => objectOf(value, 'cost')).filter((cost) => cost !== undefined)
  for (const member of AMOUNTS) {
    const stated = numberOf(whole, member)
    if (stated === undefined) continue
    const sum = total(costs.map((cost) => numberOf(cost, member)))
    if (exceeds(member, sum, stated))
      report(
        `/cost/${member}`,
        `${member} is ${stated} and that of the steps adds up to ${shown(sum)}; expected at least that`,
      )
  }
}

/**
 * Sum of what is known. A sum of token counts is exact up to 2^53; beyond that it is larger than every number of the
 * record profile, rounded or not, so comparing with one stays right.
 */
const total = (parts: readonly (number | undefined)[]): number =>
  parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)

/** A sum of fractions without the noise of binary addition. */
const shown = (sum: number): number => (Number.isInteger(sum) ? sum : Number(sum.toPrecision(15)))

const tolerance = (member: string, a: number, b: number): number =>
  member === 'cost_usd' ? MONEY_TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) : 0

const exceeds = (member: string, sum: number, whole: number): boolean => sum - whole > tolerance(member, sum, whole)

const equals = (member: string, sum: number, whole: number): boolean =>
  Math.abs(sum - whole) <= tolerance(member, sum, whole)
