import type { Adapter } from '../../conversion/adapter.ts'
import { asArray, asObject } from '../../conversion/json.ts'
import { about } from './about.ts'
import { convertSweAgent } from './convert.ts'

export { convertSweAgent } from './convert.ts'

const historySigns = [/"history"\s*:\s*\[/, /"message_type"\s*:/, /"agent"\s*:/]
const trajectorySigns = [/"trajectory"\s*:\s*\[/, /"action"\s*:/, /"observation"\s*:/]

/** Converts trajectories of SWE-agent. */
export const sweAgentAdapter: Adapter = {
  ...about,
  recognises({ document, text }) {
    const json = asObject(document)
    if (!json)
      return (
        /^\s*\{/.test(text) && [historySigns, trajectorySigns].some((signs) => signs.every((sign) => sign.test(text)))
      )
    const turn = asObject(asArray(json.history)?.[0])
    const action = asObject(asArray(json.trajectory)?.[0])
    return (
      (turn !== undefined && 'role' in turn && ('message_type' in turn || 'agent' in turn)) ||
      (action !== undefined && 'action' in action && 'observation' in action)
    )
  },
  convert: convertSweAgent,
}
