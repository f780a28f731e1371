import type { SideEffect } from '@agent-run/types'
import { redact } from '../preview/index.ts'
import { distinct, type Effect, effect } from './effect.ts'
import { effectsOfMcpTool } from './mcp.ts'
import type { Place } from './paths.ts'
import { nameAddress } from './programs-network.ts'
import { effectsOfShell } from './shell.ts'

const shellName = /(?:^|[^a-z])(?:bash|shell|sh|terminal|powershell|cmd|command|exec|execute)(?:[^a-z]|$)/i
const commandMembers = ['command', 'cmd', 'script'] as const
const fileMembers = ['path', 'file_path', 'filePath', 'filename', 'file'] as const
const addressMembers = ['url', 'uri'] as const

/**
 * What the name and the arguments of a call promise, basis `inferred`: a command line is read word by word, files and
 * addresses are taken from the arguments, the kind from the verb in the name. `undefined` where nothing is recognised:
 * not recorded is not none.
 */
export function inferEffects(
  tool: { readonly tool_name: string; readonly mcp_server?: string | null | undefined },
  args: unknown,
  place: Place,
): SideEffect[] | undefined {
  const given = typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>) : {}
  const [name, server] = [tool.tool_name, tool.mcp_server].map((text: unknown) =>
    typeof text === 'string' ? text : '',
  )
  const effects = recognise(name || 'unknown', server || undefined, given, place)
  if (effects.every(({ kind }) => kind === 'other')) return undefined
  return distinct(effects).map((found) => ({ ...found, basis: 'inferred' }))
}

function recognise(
  tool: string,
  server: string | undefined,
  given: Readonly<Record<string, unknown>>,
  place: Place,
): Effect[] {
  const command = textAt(given, commandMembers)
  if (command !== undefined && shellName.test(tool)) return effectsOfShell(redact(command), place)
  if (server !== undefined) return effectsOfMcpTool(server, tool, given, place)
  const path = textAt(given, fileMembers)
  if (path !== undefined) return effectsOfMcpTool('filesystem', tool, { path }, place)
  const address = textAt(given, addressMembers)
  if (address !== undefined) return [effect('network', 'url', nameAddress(address), 'none')]
  return effectsOfMcpTool(undefined, tool, given, place)
}

const textAt = (given: Readonly<Record<string, unknown>>, members: readonly string[]): string | undefined => {
  for (const member of members) {
    const value = Object.hasOwn(given, member) ? given[member] : undefined
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}
