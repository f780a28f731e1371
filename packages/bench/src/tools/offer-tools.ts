import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScenarioTools } from './scenario-tools.ts'
import { openToolEndpoint } from './tool-endpoint.ts'

/** How an MCP client starts a server. */
export interface McpServerCommand {
  readonly command: string
  readonly args: readonly string[]
}

/** The tools of a trial, on offer. */
export interface OfferedTools {
  /** `AGENT_RUN_TOOLS_URL`. */
  readonly url: string
  /** The server that offers the same tools over MCP (stdio). */
  readonly mcpServer: McpServerCommand
  close(): Promise<void>
}

const programs = new URL('../../bin/', import.meta.url)

/**
 * Offers the tools of a trial in three ways: over HTTP, as commands in the folder `bin`, and as an MCP server. The commands
 * and the server are copies of small programs that need Node and nothing else, so a sandbox has to let in no other folder.
 * All of them ask the endpoint, where the ledger is.
 */
export async function offerTools(
  tools: ScenarioTools,
  { bin, key }: { bin: string; key: string },
): Promise<OfferedTools> {
  const endpoint = await openToolEndpoint(tools, key)
  const place = JSON.stringify({ url: endpoint.url, key })
  const write = async (name: string, program: string) => {
    const source = await readFile(new URL(program, programs), 'utf8')
    // `nothing` is the place in the programs where this trial's endpoint goes.
    await writeFile(
      join(bin, name),
      source.replace('= nothing', () => `= ${place}`),
      { mode: 0o700 },
    )
    return join(bin, name)
  }
  try {
    for (const { name } of tools.definitions) await write(name, 'scenario-tool.mjs')
    const server = await write('agent-run-tools-mcp.mjs', 'scenario-mcp.mjs')
    return { url: endpoint.url, mcpServer: { command: process.execPath, args: [server] }, close: endpoint.close }
  } catch (error) {
    await endpoint.close()
    throw error
  }
}
