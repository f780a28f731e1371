import { canonicalize, digest, hash, toolHash } from '@agent-run/core'
import type { AgentRun, McpServer, Tool } from '@agent-run/types'
import { isMembers, type Members, membersAt, own, textAt } from './json-rpc.ts'

/** What is known of the server as a whole. */
export type ServerFacts = Omit<McpServer, 'name' | 'tools_hash' | 'metadata'>

/** A tool as it is in force. */
export interface KnownTool {
  /** Name of the server under which this definition stands in the inventory. */
  readonly server: string
  readonly schemaHash: string | undefined
  /** As declared: a claim. */
  readonly annotations: Members
  /** Whether its definition is another one than when the session first saw it. */
  readonly isChanged: boolean
}

/** A difference between two lists of tools. */
export interface ToolChange {
  readonly tool: string
  readonly change: 'added' | 'removed' | 'redefined'
  /** Of a tool that was redefined: what is different, and where the new definition stands. */
  readonly members?: readonly string[]
  readonly server?: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The tools of one server, as they were offered during one session. */
export interface ToolInventory {
  /** Takes what the server says about itself. */
  describe(facts: ServerFacts): void
  /**
   * Takes a list of tools.
   * @param isWhole whether it is the whole list, so that what is not in it is gone
   * @returns what is different from before; nothing for the first list
   */
  observe(tools: readonly unknown[], isWhole: boolean): ToolChange[]
  /** Whether a whole list was seen. */
  readonly isKnown: boolean
  /** The tool of exactly this name, if the server offers it now. */
  find(name: string): KnownTool | undefined
  /** Everything that was offered so far, as records list it. */
  list(at: string): NonNullable<AgentRun['inventory']>
}

/** Most tools, and most definitions that take the place of others: what a hostile server may cost. */
const mostTools = 5000
const mostGenerations = 100

/** A definition by its parts: equal ones are the same. */
interface Definition {
  readonly parts: Readonly<Record<'description' | 'input_schema' | 'output_schema' | 'annotations', string>>
  readonly schemaHash: string | undefined
  readonly annotations: Members
  readonly offered: { readonly name: string; readonly description: unknown; readonly input_schema: unknown }
}

interface Entry {
  definition: Definition
  server: string
  isChanged: boolean
  isOffered: boolean
}

/**
 * Keeps the tools of a server by the hash of their definition. A definition that takes the place of another one stands in the
 * inventory beside it, under the server's name and a number (`files#2`), since a record lists a tool of one name and server
 * only once (AR-RUN-013): so every step names the definition that was in force when it ran, and a tool that was silently
 * replaced shows.
 *
 * @param name what the host calls the server
 */
export function createInventory(name: string): ToolInventory {
  let facts: ServerFacts = {}
  let isKnown = false
  let generation = 1
  const entries = new Map<string, Entry>()
  const tools: Tool[] = []
  const replaced: McpServer[] = []
  let toolsHash: string | undefined

  const add = (tool: string, definition: Definition, server: string): void => {
    tools.push(describeTool(tool, definition, server))
  }

  const observeTool = (tool: string, definition: Definition, next: () => string): ToolChange | undefined => {
    const entry = entries.get(tool)
    if (entry === undefined) {
      if (entries.size >= mostTools) return undefined
      entries.set(tool, { definition, server: name, isChanged: false, isOffered: true })
      add(tool, definition, name)
      return { tool, change: 'added' }
    }
    const wasOffered = entry.isOffered
    entry.isOffered = true
    const members = (Object.keys(definition.parts) as (keyof Definition['parts'])[]).filter(
      (part) => definition.parts[part] !== entry.definition.parts[part],
    )
    if (members.length === 0) return wasOffered ? undefined : { tool, change: 'added' }
    const server = next()
    const from = entry.definition.schemaHash
    entry.definition = definition
    entry.isChanged = true
    entry.server = server
    // Beyond the bound no entry describes the tool any more, and the record says so by naming a server it does not list.
    if (generation <= mostGenerations) add(tool, definition, server)
    return { tool, change: 'redefined', members, server: entry.server, from, to: definition.schemaHash }
  }

  return {
    describe(more) {
      facts = { ...facts, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)) }
    },
    observe(listed, isWhole) {
      const isFirst = !isKnown
      let server: string | undefined
      const nextServer = (): string => {
        server ??= `${name}#${++generation}`
        return server
      }
      const definitions = new Map<string, Definition>()
      for (const each of listed.slice(0, mostTools)) {
        const tool = isMembers(each) ? textAt(each, 'name') : undefined
        if (tool !== undefined) definitions.set(tool, definitionOf(tool, each as Members))
      }
      const changes = [...definitions].flatMap(([tool, definition]) => observeTool(tool, definition, nextServer) ?? [])
      if (isWhole) {
        isKnown = true
        for (const [tool, entry] of entries)
          if (entry.isOffered && !definitions.has(tool)) {
            entry.isOffered = false
            changes.push({ tool, change: 'removed' })
          }
      }
      const whole = hashOfList([...definitions.values()])
      if (isWhole && isFirst) toolsHash = whole
      if (server !== undefined && generation <= mostGenerations)
        replaced.push({
          name: server,
          ...(isWhole && whole !== undefined ? { tools_hash: whole } : {}),
          metadata: { same_server_as: name, because: 'definitions of tools were replaced during the session' },
        })
      return isFirst ? changes.filter(({ change }) => change === 'redefined') : changes
    },
    get isKnown() {
      return isKnown
    },
    find(tool) {
      const entry = entries.get(tool)
      if (entry === undefined || !entry.isOffered) return undefined
      const { definition, server, isChanged } = entry
      return { server, schemaHash: definition.schemaHash, annotations: definition.annotations, isChanged }
    },
    list(at) {
      const first = { name, ...facts, ...(toolsHash === undefined ? {} : { tools_hash: toolsHash }) }
      return { at, tools: [...tools], mcp_servers: [first, ...replaced.map((server) => ({ ...facts, ...server }))] }
    },
  }
}

/** Largest annotations that are kept, as JSON. */
const largestAnnotations = 4096

const definitionOf = (name: string, tool: Members): Definition => {
  const annotations = membersAt(tool, 'annotations') ?? {}
  const offered = {
    name,
    description: own(tool, 'description') ?? null,
    input_schema: own(tool, 'inputSchema') ?? null,
  }
  return {
    parts: {
      description: textOf(offered.description),
      input_schema: textOf(offered.input_schema),
      output_schema: textOf(own(tool, 'outputSchema')),
      annotations: textOf(annotations),
    },
    schemaHash: hashOf(offered),
    annotations: textOf(annotations).length <= largestAnnotations ? annotations : {},
    offered,
  }
}

/** The JSON of a value, whatever the order of its members. */
const textOf = (value: unknown): string => {
  if (value === undefined) return ''
  try {
    return canonicalize(value)
  } catch {
    return JSON.stringify(value) ?? ''
  }
}

const hashOf = ({ name, description, input_schema }: Definition['offered']): string | undefined => {
  try {
    return toolHash({ name, description: typeof description === 'string' ? description : null, input_schema })
  } catch {
    // A number or text that no record can hold: the tool is listed without a hash.
    return undefined
  }
}

const hashOfList = (definitions: readonly Definition[]): string | undefined => {
  try {
    return hash(
      'tools',
      definitions.map(({ offered }) => offered),
    )
  } catch {
    return undefined
  }
}

const describeTool = (name: string, { annotations, schemaHash, offered }: Definition, server: string): Tool => {
  const effect = declaredEffect(annotations)
  return {
    name,
    kind: 'mcp',
    mcp_server: server,
    ...(typeof offered.description === 'string' ? { description_digest: digest(offered.description) } : {}),
    ...(schemaHash === undefined ? {} : { schema_hash: schemaHash }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    ...(effect === undefined ? {} : { declared_effect: effect }),
  }
}

const declaredEffect = (annotations: Members): string | undefined => {
  const isReadOnly = own(annotations, 'readOnlyHint')
  return isReadOnly === true ? 'read' : isReadOnly === false ? 'write' : undefined
}
