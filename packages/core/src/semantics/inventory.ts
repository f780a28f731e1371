import type { Context } from './context.ts'
import { objectOf, placesOf, textOf } from './object.ts'
import { quote } from './quote.ts'
import type { Rule } from './rule.ts'

/** Rules about the tools and MCP servers that were mounted and those that were used. */
export const inventoryRules: readonly Rule[] = [
  {
    code: 'inventory.duplicate_tool',
    severity: 'error',
    requirement: 'AR-RUN-013',
    summary: 'an inventory lists a tool of one name and MCP server once',
    check: (context, report) => {
      const seen = new Set<string>()
      for (const { value, path } of inventoryOf(context, 'tools')) {
        const name = textOf(value, 'name')
        if (name === undefined) continue
        const key = toolKey(name, textOf(value, 'mcp_server'))
        if (seen.has(key)) report(path, `${quote(name)} of this server is listed before; expected it once`)
        seen.add(key)
      }
    },
  },
  {
    code: 'inventory.tool_hash',
    severity: 'error',
    requirement: 'AR-RUN-014',
    summary: "a step's tool_hash is the schema_hash of exactly one inventory tool of its name and server",
    check: (context, report) => {
      const tools = inventoryOf(context, 'tools')
      if (tools.length === 0) return
      const counts = new Map<string, number>()
      for (const { value } of tools) {
        const key = definitionKey(textOf(value, 'name'), textOf(value, 'mcp_server'), textOf(value, 'schema_hash'))
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
      for (const step of context.steps) {
        const { toolName, mcpServer, toolHash: hash } = step
        if (hash === undefined || toolName === undefined) continue
        const count = counts.get(definitionKey(toolName, mcpServer, hash)) ?? 0
        if (count !== 1)
          report(
            `${step.path}/tool_hash`,
            `tool_hash is the schema_hash of ${count} inventory tools named ${quote(toolName)} of this server; expected exactly one`,
          )
      }
    },
  },
  {
    code: 'inventory.server_missing',
    severity: 'warning',
    requirement: 'AR-RUN-019',
    summary: 'every MCP server that a step names is in the inventory, where it lists MCP servers',
    check: (context, report) => {
      const servers = inventoryOf(context, 'mcp_servers')
      if (servers.length === 0) return
      const names = new Set(servers.map(({ value }) => textOf(value, 'name')))
      for (const step of context.steps) {
        const { mcpServer } = step
        if (mcpServer !== undefined && !names.has(mcpServer))
          report(
            `${step.path}/mcp_server`,
            `${quote(mcpServer)} is not in the inventory; expected the name of one of its MCP servers`,
          )
      }
    },
  },
]

const inventoryOf = ({ run }: Context, list: 'tools' | 'mcp_servers') => {
  const inventory = objectOf(run, 'inventory')
  return inventory ? placesOf(inventory, list, '/inventory') : []
}

const toolKey = (name: string, server: string | undefined): string => JSON.stringify([name, server ?? null])

const definitionKey = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts)
