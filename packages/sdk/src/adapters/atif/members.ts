import { type Keeper, keepMembers } from '../../conversion/extra.ts'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import type { RunMembers } from '../../conversion/run-draft.ts'
import { readToolDefinitions } from '../../conversion/tool-definitions.ts'
import type { Previewer } from '../../preview/index.ts'

/** What a trajectory says about its agent and its session. */
export function readMembers(json: Json, previewer: Previewer, keeper: Keeper): RunMembers {
  const agent = asObject(json.agent) ?? {}
  const named = (value: unknown): string | undefined => {
    const text = asString(value)
    return text === undefined ? undefined : previewer.text(text, 256)
  }
  const [id, version, model, session] = [agent.name, agent.version, agent.model_name, json.session_id].map(named)
  const tools = readToolDefinitions(agent.tool_definitions, previewer)
  const { agent_run: _, ...extra } = asObject(json.extra) ?? {}
  const foreign = keepMembers(keeper, {
    extra,
    agent: agent.extra,
    notes: json.notes,
    continued_trajectory_ref: json.continued_trajectory_ref,
    final_metrics: asObject(json.final_metrics)?.extra,
  })
  return {
    ...(id ? { agent_id: id } : {}),
    ...(version && version !== 'unknown' ? { agent_version: version } : {}),
    ...(model ? { model } : {}),
    ...(session ? { session_id: session } : {}),
    ...(tools.length > 0 ? { tools_available: tools.map(({ name }) => name) } : {}),
    ...(tools.some(({ schema_hash }) => schema_hash) ? { inventory: { tools } } : {}),
    ...(foreign ? { metadata: { atif: foreign } } : {}),
  }
}
