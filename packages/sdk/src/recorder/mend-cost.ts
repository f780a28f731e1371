import type { Cost } from '@agent-run/types'
import type { Faults } from './faults.ts'
import { keepSound } from './sound.ts'

const written = ['cache_write_5m_tokens', 'cache_write_1h_tokens'] as const
const cached = ['cache_read_tokens', 'cache_write_tokens'] as const

/**
 * A cost that adds up (AR-COST-003 to AR-COST-007): parts that exceed their whole, a total that is none and half of an
 * amount are left out, each a fault. A valid cost comes in.
 */
export function mendCost(cost: Cost, faults: Faults): Cost | undefined {
  const mended: Partial<Cost> = { ...cost }
  const leaveOut = (members: readonly (keyof Cost)[]): void => {
    for (const member of members) {
      if ((cost[member] ?? undefined) === undefined) continue
      faults.report('recorder.member_refused', `cost: ${member} does not agree with the rest and is left out`)
      delete mended[member]
    }
  }
  if (exceed(cost, cached, 'input_tokens')) leaveOut([...cached, ...written])
  else if (exceed(cost, written, 'cache_write_tokens')) leaveOut(written)
  if (exceed(cost, ['reasoning_tokens'], 'output_tokens')) leaveOut(['reasoning_tokens'])
  if ((cost.amount === undefined) !== (cost.unit === undefined)) leaveOut(['amount', 'unit'])
  const essential = ['input_tokens', 'output_tokens']
  return keepSound('cost', mended as Cost, { around: (object) => ({ cost: object }), path: '/cost', essential }, faults)
}

const exceed = (cost: Cost, parts: readonly (keyof Cost)[], whole: keyof Cost): boolean => {
  const most = cost[whole]
  const numbers = parts.map((part) => cost[part]).filter((count) => typeof count === 'number')
  return typeof most === 'number' && numbers.reduce((sum, count) => sum + count, 0) > most
}
