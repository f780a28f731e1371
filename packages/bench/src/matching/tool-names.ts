import { fitsName } from './glob.ts'

/**
 * Whether a tool has one of these names, `*` standing for any characters. Runtimes put the name of an MCP server before that of
 * the tool, each in its own way, so `deploy` also fits `mcp__bench__deploy`, `bench.deploy`, `bench/deploy` and `bench:deploy`.
 */
export function fitsTool(names: readonly string[], tool: string): boolean {
  const parts = spellings(tool)
  return names.some((name) => parts.some((part) => fitsName(name, part)))
}

/** The name as it stands, and what is left of it without its server. */
const spellings = (tool: string): readonly string[] => {
  const short = [tool.split('__').slice(2).join('__'), tool.split(/[./:]/).at(-1) ?? '']
  return [tool, ...short.filter((part) => part !== '' && part !== tool)]
}
