import type { Context } from './context.ts'
import { isGiven, textOf } from './object.ts'
import { AMOUNTS, type Amounts, type CostPlace, type StepPlace, TOKENS } from './places.ts'
import type { Report, Rule } from './rule.ts'

/** Tokens add up exactly, money within a millionth. */
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
      for (const cost of costs) {
        const { input_tokens: input, output_tokens: output, total_tokens: total } = cost.amounts
        if (input !== undefined && output !== undefined && total !== undefined && total !== input + output)
          report(
            `${cost.path}/total_tokens`,
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
      for (const cost of costs) {
        const { amounts } = cost
        checkParts(cost, 'input_tokens', amounts.cache_read_tokens, amounts.cache_write_tokens, report)
        checkParts(cost, 'cache_write_tokens', amounts.cache_write_5m_tokens, amounts.cache_write_1h_tokens, report)
        checkParts(cost, 'output_tokens', amounts.reasoning_tokens, 0, report)
      }
    },
  },
  {
    code: 'cost.by_model',
    severity: 'error',
    requirement: 'AR-COST-005',
    summary: 'by_model names its models and adds up to its cost',
    check: ({ costs }, report) => {
      for (const cost of costs) if (cost.entries.length > 0) checkByModel(cost, report)
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
      for (const cost of costs) {
        if (cost.hasAmount !== cost.hasUnit)
          report(
            cost.path,
            cost.hasAmount
              ? 'amount is given without unit; expected both'
              : 'unit is given without amount; expected both',
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
        const { responseId: response } = step
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
      for (const cost of costs) {
        if (cost.value.price_basis === 'computed' && !isGiven(cost.value, 'price_source'))
          report(
            cost.path,
            'price_basis is computed and price_source is absent; expected the price list and the model matched',
          )
      }
    },
  },
]

/** Whether a step counts tokens: an unknown number and zero do not. */
const hasUsage = ({ cost }: StepPlace): boolean =>
  cost !== undefined && (countsTokens(cost.amounts) || cost.entries.some(({ amounts }) => countsTokens(amounts)))

const countsTokens = (amounts: Amounts): boolean => TOKENS.some((member) => (amounts[member] ?? 0) !== 0)

/** An unknown part counts as 0: it can only add to what is known. */
const checkParts = (
  cost: CostPlace,
  member: keyof Amounts,
  first: number | undefined,
  second: number | undefined,
  report: Report,
): void => {
  const whole = cost.amounts[member]
  const parts = (first ?? 0) + (second ?? 0)
  if (whole !== undefined && parts > whole)
    report(
      `${cost.path}/${member}`,
      `${member} is ${whole} and its parts are ${parts}; expected parts within the whole`,
    )
}

const checkByModel = (cost: CostPlace, report: Report): void => {
  const { amounts, entries } = cost
  for (const entry of entries) {
    if (!textOf(entry.value, 'model')) report(entry.path, 'the entry names no model; expected model')
    if (entry.value.by_model !== undefined)
      report(`${entry.path}/by_model`, 'the entry is split again; expected no by_model in an entry')
  }
  for (const member of AMOUNTS) {
    const whole = amounts[member]
    if (whole === undefined) continue
    const parts = entries.map((entry) => entry.amounts[member])
    const sum = total(parts)
    // Unknown parts can only add to what is known.
    const agrees = parts.includes(undefined) ? !exceeds(member, sum, whole) : equals(member, sum, whole)
    if (!agrees)
      report(
        `${cost.path}/by_model`,
        `${member} adds up to ${shown(sum)}; expected ${whole}, that of the cost it splits`,
      )
  }
}

function checkSteps({ cost: whole, steps }: Context, report: Report): void {
  if (!whole) return
  for (const member of AMOUNTS) {
    const stated = whole.amounts[member]
    if (stated === undefined) continue
    let sum = 0
    for (const { cost } of steps) sum += cost?.amounts[member] ?? 0
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
