import type { Adapter } from '../../conversion/adapter.ts'
import { asArray, asObject, asString } from '../../conversion/json.ts'
import { about } from './about.ts'
import { convertMiniSweAgent } from './convert.ts'

export { convertMiniSweAgent } from './convert.ts'

/** Words that the prompts of every version have. */
const sign = /COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT|MINI_SWE_AGENT_FINAL_OUTPUT|mswea_bash_command/

/** Converts trajectories of mini-SWE-agent. */
export const miniSweAgentAdapter: Adapter = {
  ...about,
  recognises({ document, text }) {
    if (asString(asObject(document)?.trajectory_format)?.startsWith('mini-swe-agent')) return true
    if (/"trajectory_format"\s*:\s*"mini-swe-agent/.test(text)) return true
    const messages = asArray(document) ?? asArray(asObject(document)?.messages)
    const isList = messages
      ? asString(asObject(messages[0])?.role) !== undefined
      : document === undefined && /^\s*\[?\s*\{/.test(text)
    return isList && /"role"\s*:/.test(text) && sign.test(text)
  },
  convert: convertMiniSweAgent,
}
