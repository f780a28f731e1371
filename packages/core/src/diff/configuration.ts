import type { AgentRun, Inventory } from '@agent-run/types'
import { type Setting, textOfValue } from './difference.ts'

/**
 * What a run was given, in the order in which it is read: who ran, model, prompt, tools, servers, policies, permissions,
 * sandbox, scope, input.
 */
export const configurationOf = (run: AgentRun): Setting[] => {
  const { inventory = {}, provenance, sandbox, scope, permissions, setup } = run
  return [
    ...members(run, ['agent_id', 'agent_version', 'agent_role', 'runtime', 'runtime_version', 'model', 'provider']),
    ...members(provenance, ['model_version']),
    ...objectMembers('model_config', run.model_config),
    ...members(run, ['prompt_version']),
    ...members(provenance, ['prompt_digest', 'config_hash']),
    ...toolsOf(run, inventory),
    ...listed('mcp_server', inventory.mcp_servers, 'name'),
    ...listed('skill', inventory.skills, 'name'),
    ...listed('provider', inventory.providers, 'name'),
    ...(inventory.ref?.digest === undefined ? [] : [{ name: 'inventory.ref', value: inventory.ref.digest }]),
    ...listed('policy', run.policies, 'id'),
    ...objectMembers('permissions', permissions, ['granted', 'limits']),
    ...texts('permissions.granted', permissions?.granted),
    ...objectMembers('permissions.limits', permissions?.limits),
    ...objectMembers('sandbox', sandbox, ['writable_roots']),
    ...texts('sandbox.writable_roots', sandbox?.writable_roots),
    ...objectMembers('scope', scope, ['files']),
    ...members(run, ['git_branch', 'git_commit']),
    ...texts('scope.files', scope?.files),
    ...objectMembers('setup', setup, ['installed_at']),
    ...members(run, ['trigger', 'task_id', 'input_preview']),
  ]
}

const members = (object: object, names: readonly string[]): Setting[] =>
  names.flatMap((name) => {
    const value: unknown = Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined
    return value === undefined || value === null ? [] : [{ name, value: textOfValue(value) }]
  })

/** Every member of an object, also those that this version does not know, whatever the order in which they were written. */
const objectMembers = (name: string, object: object | undefined, except: readonly string[] = []): Setting[] =>
  object === undefined
    ? []
    : byName(object)
        .filter(([member, value]) => member !== 'metadata' && !except.includes(member) && value !== null)
        .map(([member, value]) => ({ name: `${name}.${member}`, value: textOfValue(value) }))

const byName = (object: object): [string, unknown][] =>
  Object.entries(object).sort(([first], [second]) => (first < second ? -1 : 1))

const texts = (name: string, list: readonly string[] | undefined): Setting[] =>
  (list ?? []).map((subject) => ({ name, subject }))

/** Things with a name: each a setting, with what else is known of it. */
const listed = (name: string, list: readonly object[] | undefined, key: string): Setting[] =>
  (list ?? []).flatMap((item) => {
    const subject = textOfValue((item as Record<string, unknown>)[key])
    return [{ name, subject, ...known(item, key) }]
  })

/** What is known of a thing beside its name, in a few words: `version 1.4.0, transport stdio`. */
const known = (item: object, key: string): { value?: string } => {
  const words = byName(item)
    .filter(([member, each]) => member !== key && member !== 'metadata' && each !== null)
    .map(([member, each]) => `${member} ${textOfValue(each)}`)
  return words.length === 0 ? {} : { value: words.join(', ') }
}

/** Tools as they were offered; one that the inventory does not describe is there by its name alone. */
const toolsOf = ({ tools_available = [] }: AgentRun, { tools = [] }: Inventory): Setting[] => {
  const described = new Set(tools.map(({ name }) => name))
  return [
    ...tools.map((tool): Setting => {
      const { name, mcp_server, ...rest } = tool
      return { name: 'tool', subject: mcp_server === undefined ? name : `${mcp_server}/${name}`, ...known(rest, '') }
    }),
    ...[...new Set(tools_available)]
      .filter((name) => !described.has(name))
      .map((subject): Setting => ({ name: 'tool', subject })),
  ]
}
