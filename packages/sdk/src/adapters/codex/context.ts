import type { Sandbox } from '@agent-run/types'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import type { RolloutLine } from './line.ts'
import type { Turn } from './turn.ts'

/**
 * Takes the settings of a turn: model, approval policy, sandbox, folder. Codex writes them again before every request; a
 * change inside a turn is a step.
 */
export function applyContext(turn: Turn, line: RolloutLine): LineFate {
  const { run } = turn
  const { payload } = line
  const text = (value: string, length = 256): string => run.previewer.text(value, length)
  const model = asString(payload.model)
  const mode = policyName(payload.approval_policy)
  const sandbox = readSandbox(payload, text)
  const cwd = asString(payload.cwd)
  const { members } = run
  const first = turn.settings === undefined
  const settings = { model, mode, sandbox: JSON.stringify(sandbox), cwd }
  if (cwd) run.place = { root: run.place.root ?? cwd, cwd }
  const changed = Object.entries(settings).filter(
    ([name, value]) => value !== undefined && !first && turn.settings?.[name] !== value,
  )
  if (!first && changed.length === 0) return { skipped: 'settings of the turn, repeated' }
  turn.settings = { ...turn.settings, ...settings }
  turn.model = model ?? turn.model
  turn.mode = mode ?? turn.mode
  turn.book(line)
  if (!first) {
    run.addMoment(
      {
        id: `line-${line.number}`,
        type: 'config_change',
        status: 'succeeded',
        started_at: line.time?.text ?? null,
        output_preview: text(
          changed.map(([name, value]) => `${name === 'mode' ? 'approval policy' : name}: ${value}`).join(', '),
          1000,
        ),
        source_ref: `line ${line.number}`,
      },
      line.number,
      line.time,
    )
    return 'mapped'
  }
  const effort = asString(payload.effort)
  if (model) members.model = text(model)
  if (effort) members.model_config = { reasoning_effort: text(effort, 64) }
  if (mode) members.permissions = { approval_mode: text(mode, 64) }
  if (sandbox) members.sandbox = sandbox
  return 'mapped'
}

/** The approval policy: a word, or an object named after its only member. */
function policyName(policy: unknown): string | undefined {
  return asString(policy) ?? Object.keys(asObject(policy) ?? {})[0]
}

function readSandbox(payload: Json, text: (value: string, length?: number) => string): Sandbox | undefined {
  const policy = asObject(payload.sandbox_policy)
  const type = asString(policy?.type) ?? asString(policy?.mode) ?? asString(payload.sandbox_policy)
  if (type === undefined) return undefined
  const open = type === 'danger-full-access'
  const access = policy?.network_access
  const network =
    open || access === true || access === 'enabled' ? 'full' : type === 'external-sandbox' ? 'unknown' : 'none'
  const roots = (asArray(policy?.writable_roots) ?? [])
    .flatMap((root) => asString(root) ?? asString(asObject(root)?.root) ?? [])
    .slice(0, 100)
  return {
    kind: open ? 'none' : type === 'external-sandbox' ? 'remote' : 'os',
    ...(roots.length > 0 ? { writable_roots: roots.map((root) => text(root, 1024)) } : {}),
    network: asObject(payload.network) ? 'limited' : network,
    metadata: { policy: text(type, 64) },
  }
}
