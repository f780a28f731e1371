import { type Effect, effect } from './effect.ts'
import { nameFile, type Place } from './paths.ts'
import { nameAddress } from './programs-network.ts'

/** Verbs in the name of a tool, and the effect they promise; the first that occurs decides. */
const verbs: readonly (readonly [RegExp, Effect['kind'], Effect['reversible']])[] = [
  [/^(?:delete|remove|drop|destroy|purge|erase|unlink|clear)$/, 'delete', 'none'],
  [/^(?:pay|charge|refund|purchase|buy|checkout|payout|invoice)$/, 'payment', 'none'],
  [/^(?:deploy|publish|release|rollout|promote)$/, 'deploy', 'partial'],
  [/^(?:send|reply|comment|notify|email|mail|post|message|tweet|dm)$/, 'message', 'none'],
  [/^(?:run|exec|execute|eval|evaluate|call|invoke|shell|command)$/, 'exec', 'unknown'],
  [/^(?:navigate|click|type|hover|drag|press|fill|goto|visit|screenshot|snapshot)$/, 'network', 'unknown'],
  [/^(?:schedule|remind|cron)$/, 'schedule', 'full'],
  [/^(?:remember|memorize|forget)$/, 'memory', 'unknown'],
  [
    /^(?:create|add|write|update|set|edit|put|insert|upload|save|append|rename|move|merge|apply|patch|push|upsert|close|assign|fork|copy|enable|disable|start|stop|cancel|import|sync|install|label|approve)$/,
    'write',
    'unknown',
  ],
  [
    /^(?:get|list|read|search|find|fetch|query|describe|show|view|lookup|count|check|inspect|resolve|browse|download|status|info|whoami|help|docs|doc|select|diff|log|logs|export|validate|explain)$/,
    'read',
    undefined,
  ],
]

/** Words in the names of well-known servers, and the kind of thing they hold. */
const holdings: readonly (readonly [RegExp, Effect['target_kind']])[] = [
  [/filesystem|^fs$|files/, 'file'],
  [/playwright|puppeteer|browser|chrome|selenium/, 'browser'],
  [/postgres|mysql|sqlite|mongo|redis|database|supabase|bigquery|snowflake|^db$/, 'database'],
  [/github|gitlab|bitbucket|^git$/, 'repo'],
  [/jira|linear|asana|trello|issue|ticket/, 'ticket'],
  [/slack|discord|teams|telegram/, 'channel'],
  [/gmail|mail/, 'person'],
  [/calendar/, 'calendar'],
  [/aws|gcp|azure|cloud|kubernetes|k8s|terraform|vercel/, 'cloud'],
  [/memory|knowledge/, 'memory'],
]

/** What names the thing that is touched, in this order. */
const namingArguments = [
  'path',
  'file_path',
  'filePath',
  'url',
  'uri',
  'query',
  'name',
  'id',
  'key',
  'channel',
  'to',
] as const

/**
 * The effect that the name of a tool promises, by its first known verb (`get_issue` reads, `create_issue` writes);
 * `other` where there is none. A name is a claim: the effect is inferred, whatever the tool annotates.
 *
 * @param server name of the MCP server; `undefined` for a tool of the runtime itself, whose name tells what it works on,
 * but is no target
 * @param tool name of the tool, on that server
 * @param argumentsGiven arguments of the call, read for a path or an address
 */
export function effectsOfMcpTool(
  server: string | undefined,
  tool: string,
  argumentsGiven: Readonly<Record<string, unknown>>,
  place: Place,
): Effect[] {
  const words = tool
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const rule = words.map((word) => verbs.find(([pattern]) => pattern.test(word))).find((found) => found !== undefined)
  const [kind, reversible] = rule ? [rule[1], rule[2]] : (['other', 'unknown'] as const)
  const targetKind = holdings.find(([pattern]) => pattern.test((server ?? tool).toLowerCase()))?.[1] ?? 'service'
  if (targetKind === 'file') {
    const files = effectsOnFiles(kind, words, argumentsGiven, place)
    if (files.length > 0) return files.map(([done, target]) => effect(done, 'file', target, reversible))
  }
  return [effect(kind, targetKind, targetOf(server, targetKind, argumentsGiven, place), reversible)]
}

/** Several files that one call names: what is moved or copied and where to, or a list of paths. */
function effectsOnFiles(
  kind: Effect['kind'],
  words: readonly string[],
  { source, destination, paths }: Readonly<Record<string, unknown>>,
  place: Place,
): [Effect['kind'], string][] {
  const named = (kind: Effect['kind'], path: unknown): [Effect['kind'], string][] => {
    const target = typeof path === 'string' ? nameFile(path, place) : undefined
    return target === undefined ? [] : [[kind, target]]
  }
  if (kind === 'write' && destination !== undefined) {
    const leaves = words.includes('move') || words.includes('rename')
    return [...(leaves ? named('delete', source) : []), ...named('write', destination)]
  }
  return Array.isArray(paths) ? paths.slice(0, 100).flatMap((path) => named(kind, path)) : []
}

function targetOf(
  server: string | undefined,
  targetKind: Effect['target_kind'],
  argumentsGiven: Readonly<Record<string, unknown>>,
  place: Place,
): string | undefined {
  for (const name of namingArguments) {
    const value = Object.hasOwn(argumentsGiven, name) ? argumentsGiven[name] : undefined
    if (typeof value !== 'string' || value === '') continue
    if (targetKind === 'file') return nameFile(value, place)
    if (name === 'url' || name === 'uri') return nameAddress(value)
    return `${server === undefined ? '' : `${server}: `}${value.slice(0, 256)}`
  }
  return server
}
