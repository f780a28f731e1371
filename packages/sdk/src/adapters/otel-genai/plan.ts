import { names } from './names.ts'
import { type Node, preorder, roleOf, type SkipReason } from './node.ts'
import { textOf } from './span.ts'
import type { Trace } from './traces.ts'

/** Decides what each span of a trace becomes. */
export function planTrace({ roots }: Trace): void {
  const ordered = [...preorder(roots)]
  const withInner = wrappersOfRequests(ordered)
  for (const node of ordered) {
    place(node)
    decide(node, withInner)
  }
  dropLoneWorkflows(ordered)
  findHandoffs(ordered)
  for (const node of ordered) place(node)
}

function place(node: Node): void {
  const { parent } = node
  node.above = parent && parent.part !== 'nothing' ? parent : parent?.above
  node.owner = parent && parent.part === 'unit' ? parent : parent?.owner
}

function decide(node: Node, withInner: ReadonlySet<Node>): void {
  const { above } = node
  switch (roleOf(node)) {
    case 'agent':
      if (above?.part === 'unit' && roleOf(above) === 'agent' && isSameAgent(node, above)) passOver(node, above)
      else node.part = 'unit'
      return
    case 'call':
      // Within an agent it is how the agent asks its model; within a tool it is an agent of its own.
      if (above === undefined || (above.part === 'unit' ? roleOf(above) === 'workflow' : roleOf(above) === 'tool'))
        node.part = 'unit'
      else passOver(node)
      return
    case 'workflow':
      if (node.owner === undefined && above === undefined) node.part = 'unit'
      else passOver(node)
      return
    case 'model':
      if (withInner.has(node)) passOver(node)
      else node.part = 'step'
      return
    case 'tool':
      if (above && roleOf(above) === 'tool' && isSameTool(node, above)) passOver(node, above)
      else node.part = 'step'
      return
    case 'other':
      node.part = 'step'
      return
    case 'structure':
      passOver(node)
      return
    default:
  }
}

function passOver(node: Node, double?: Node): void {
  node.part = 'nothing'
  const reason: SkipReason = double || roleOf(node) === 'model' ? 'says what another span says' : 'only groups others'
  node.reason = reason
  double?.doubles.push(node)
}

/** Requests that have another request inside, which is the one that reached the provider: usage counts once. */
function wrappersOfRequests(ordered: readonly Node[]): Set<Node> {
  const wrappers = new Set<Node>()
  const inside = new Map<Node, Node[]>()
  for (const node of [...ordered].reverse()) {
    const own = inside.get(node) ?? []
    const role = roleOf(node)
    if (role === 'model' && own.length > 0) {
      wrappers.add(node)
      // Where there is one, what it leaves out is taken from the outer one.
      const [only] = own
      if (own.length === 1 && only) only.doubles.push(node)
    }
    if (!node.parent || role === 'tool' || role === 'agent' || role === 'call') continue
    const found = role === 'model' && own.length === 0 ? [node] : own
    if (found.length > 0) inside.set(node.parent, [...(inside.get(node.parent) ?? []), ...found].slice(0, 2))
  }
  return wrappers
}

/** A workflow that is nothing but one agent: the agent is the run. */
function dropLoneWorkflows(ordered: readonly Node[]): void {
  const parts = nearestParts(ordered)
  for (const node of ordered) {
    if (node.part !== 'unit' || roleOf(node) !== 'workflow') continue
    const [only, ...others] = parts.get(node) ?? []
    if (only?.part === 'unit' && others.length === 0) passOver(node)
  }
}

function findHandoffs(ordered: readonly Node[]): void {
  for (const node of ordered) place(node)
  const parts = nearestParts(ordered)
  for (const node of ordered) {
    if (node.part !== 'step' || roleOf(node) !== 'tool') continue
    const [only, ...others] = parts.get(node) ?? []
    if (only?.part === 'unit' && others.length === 0) node.part = 'handoff'
  }
}

const nearestParts = (ordered: readonly Node[]): Map<Node, Node[]> => {
  const parts = new Map<Node, Node[]>()
  for (const node of ordered) {
    if (node.part === 'nothing' || !node.above) continue
    const list = parts.get(node.above)
    if (list) list.push(node)
    else parts.set(node.above, [node])
  }
  return parts
}

/** Two instrumentations saw the same call of an agent. */
function isSameAgent(a: Node, b: Node): boolean {
  const [one, other] = [a, b].map(({ span }) => textOf(span, [...names.agentName, ...names.agentId]))
  return one !== undefined && one === other
}

/** The call as the runtime sees it, and as the MCP client or server does. */
function isSameTool(inner: Node, outer: Node): boolean {
  const [name, whole] = [inner, outer].map(({ span }) => textOf(span, names.toolName))
  if (name === undefined || whole === undefined) return inner.span.attributes.has('mcp.method.name')
  return name === whole || (inner.span.attributes.has('mcp.method.name') && whole.endsWith(name))
}
