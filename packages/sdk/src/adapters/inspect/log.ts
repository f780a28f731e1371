import type { ModelConfig, Tool } from '@agent-run/types'
import { createKeeper, keepMembers } from '../../conversion/extra.ts'
import { asArray, asCount, asInteger, asObject, asPrice, asString, type Json } from '../../conversion/json.ts'
import type { RunMembers } from '../../conversion/run-draft.ts'
import { readToolDefinitions } from '../../conversion/tool-definitions.ts'
import { nameAddress } from '../../effects/index.ts'
import type { Previewer } from '../../preview/index.ts'
import { type Attachments, resolveDeep } from './content.ts'
import { eventsOf } from './reading.ts'

/** Sandboxes of Inspect, as the record names them. */
const sandboxes: Readonly<Record<string, string>> = {
  docker: 'container',
  k8s: 'container',
  podman: 'container',
  local: 'none',
  proxmox: 'vm',
  ec2: 'remote',
  daytona: 'remote',
  modal: 'remote',
}

/** What a log says of all its samples: the task, the model, the limits. */
export function readLog(log: Json, previewer: Previewer): RunMembers {
  const spec = asObject(log.eval) ?? {}
  const named = (value: unknown): string | undefined => {
    const text = asString(value)
    return text === undefined ? undefined : previewer.text(text, 256)
  }
  const packages = asObject(spec.packages)
  const [agent, task, model, session, job, version] = [
    spec.solver,
    spec.task,
    spec.model,
    spec.eval_id ?? spec.run_id,
    spec.run_id,
    packages?.inspect_ai,
  ].map(named)
  const provider = model?.includes('/') ? model.slice(0, model.indexOf('/')) : undefined
  const revision = asObject(spec.revision)
  const commit = asString(revision?.commit)
  const origin = asString(revision?.origin)
  const repository = origin === undefined ? undefined : nameAddress(origin)
  const settings = readSettings(log)
  const kind = readSandbox(spec.sandbox)
  const foreign = keepMembers(createKeeper(true), {
    task_args: spec.task_args,
    task_version: spec.task_version,
    dataset: asObject(spec.dataset)?.name,
  })
  const permissions = readPermissions(asObject(spec.config), named)
  return {
    agent_id: agent ?? 'inspect_ai',
    runtime: 'inspect_ai',
    ...(version ? { runtime_version: version } : {}),
    ...(task ? { task_id: task } : {}),
    ...(session ? { session_id: session } : {}),
    ...(job ? { job_id: job } : {}),
    ...(model ? { model } : {}),
    ...(provider ? { provider } : {}),
    ...(settings ? { model_config: settings } : {}),
    ...(kind ? { sandbox: { kind } } : {}),
    ...(permissions ? { permissions } : {}),
    ...(commit ? { git_commit: previewer.text(commit, 256) } : {}),
    ...(repository ? { scope: { repository: previewer.text(repository, 500) } } : {}),
    trigger: 'pipeline',
    ...(foreign ? { metadata: { inspect: foreign } } : {}),
  }
}

/** The isolation of a sample, where it is said. */
export function readSandbox(value: unknown): string | undefined {
  const type = asString(asObject(value)?.type) ?? asString(asArray(value)?.[0]) ?? asString(value)
  if (type === undefined) return undefined
  if (Object.hasOwn(sandboxes, type)) return sandboxes[type]
  return /^[a-z0-9][a-z0-9_-]{0,39}$/.test(type) ? `inspect:${type}` : undefined
}

function readSettings(log: Json): ModelConfig | undefined {
  const config = { ...asObject(asObject(log.plan)?.config), ...asObject(asObject(log.eval)?.model_generate_config) }
  const isNumber = (value: unknown): value is number =>
    typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
  const settings: ModelConfig = {}
  if (isNumber(config.temperature) && config.temperature >= 0) settings.temperature = config.temperature
  if (isNumber(config.top_p) && config.top_p >= 0 && config.top_p <= 1) settings.top_p = config.top_p
  const [topK, most] = [asCount(config.top_k), asCount(config.max_tokens)]
  if (topK) settings.top_k = topK
  if (most) settings.max_tokens = most
  const seed = asInteger(config.seed)
  if (seed !== undefined) settings.seed = seed
  const effort = asString(config.reasoning_effort)
  if (effort && /^\w{1,40}$/.test(effort)) settings.reasoning_effort = effort
  return Object.keys(settings).length > 0 ? settings : undefined
}

function readPermissions(config: Json | undefined, named: (value: unknown) => string | undefined) {
  const approvers = (asArray(asObject(config?.approval)?.approvers) ?? []).flatMap((value) => {
    const name = named(asObject(value)?.name)
    return name ? [name] : []
  })
  const mode = named(config?.approval) ?? (approvers.length > 0 ? [...new Set(approvers)].join(', ') : undefined)
  const [tokens, seconds] = [asCount(config?.token_limit), asCount(config?.time_limit)]
  const cost = asPrice(config?.cost_limit)
  const limits = {
    ...(tokens ? { max_tokens: tokens } : {}),
    ...(seconds && Number.isSafeInteger(seconds * 1000) ? { max_duration_ms: seconds * 1000 } : {}),
    ...(cost === undefined ? {} : { max_cost_usd: cost }),
  }
  const hasLimits = Object.keys(limits).length > 0
  if (mode === undefined && !hasLimits) return undefined
  return { ...(mode ? { approval_mode: mode.slice(0, 256) } : {}), ...(hasLimits ? { limits } : {}) }
}

/** Tools as they were first offered to the model. */
export function readTools(sample: Json, attachments: Attachments, previewer: Previewer): Tool[] {
  const offered = new Map<string, unknown>()
  for (const value of eventsOf(sample)) {
    const event = asObject(value)
    if (event?.event !== 'model') continue
    for (const tool of asArray(event.tools) ?? []) {
      const name = asString(asObject(tool)?.name)
      if (name && !offered.has(name) && offered.size < 1000) offered.set(name, resolveDeep(tool, attachments))
    }
  }
  return readToolDefinitions([...offered.values()], previewer)
}
