import type { Parameters } from './filters.ts'

/** What filters ask for, as the end of a sentence about so many runs: `that wrote files`; empty without any. */
export function filterWords(parameters: Parameters, count: number): string {
  const clauses = parameters.map(([name, value]) => {
    const clause = asClause(phrases[name]?.(value) ?? `with ${name.replaceAll('_', ' ')} ${value}`)
    return count === 1 ? clause.replace(/^(?:are|were|have) /, (verb) => singular[verb] as string) : clause
  })
  return clauses.length === 0 ? '' : `that ${clauses.join(' and ')}`
}

const singular: Readonly<Record<string, string>> = { 'are ': 'is ', 'were ': 'was ', 'have ': 'has ' }

const asClause = (words: string): string => (words.startsWith('with ') ? `have ${words.slice(5)}` : words)

const phrases: Readonly<Record<string, (value: string) => string | undefined>> = {
  agent_id: (value) => `are by ${value}`,
  status: (value) => `are ${value}`,
  since: (value) => `started since ${value}`,
  until: (value) => `started before ${value}`,
  tag: (value) => `are tagged ${value}`,
  tool: (value) => `used ${value}`,
  mcp_server: (value) => `used MCP server ${value}`,
  mcp_mounted: (value) => `were offered MCP server ${value}`,
  side_effect: (value) => (value === 'write' ? 'wrote files' : value === 'exec' ? 'executed commands' : undefined),
  target: (value) => `touched ${value}`,
  approval: (value) =>
    value === 'denied'
      ? 'had calls denied'
      : /^denied:/.test(value)
        ? `had calls denied by a ${value.slice(7)}`
        : `had calls ${value.replaceAll('_', ' ')}`,
  artifact: (value) => `made ${value}`,
  has_error: (value) => (value === 'true' ? 'went wrong somewhere' : 'went without errors'),
  level: (value) => `are ${value === 'none' ? 'not even valid' : value}`,
}
