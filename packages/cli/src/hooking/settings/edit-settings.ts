import { type JsonChild, type JsonNode, memberOf, treeOf } from './json-tree.ts'

/** A stretch of text that was put in: its first code unit in the new text, and the one behind its last. */
export type Insertion = readonly [start: number, end: number]

/** What stands in a settings file for one event. */
interface Entry {
  readonly event: string
  /** Groups of an event are what its list holds; ours has one hook. */
  readonly group: object
}

/** Whether a hook is ours, by its command: Claude Code keeps nothing else that could tell. */
const isOwnCommand = (command: unknown): boolean =>
  typeof command === 'string' && /agent-run(?:\.mjs|\.cmd)?["']?\s+hook\s+claude-code(?:\s|$)/.test(command)

/** The groups of ours that a settings file has, by event. */
export function ownEntries(settings: unknown): { readonly event: string; readonly command: string }[] {
  const hooks = (settings as { readonly hooks?: unknown } | null)?.hooks
  if (typeof hooks !== 'object' || hooks === null) return []
  return Object.entries(hooks).flatMap(([event, groups]) =>
    (Array.isArray(groups) ? groups : []).flatMap((group) =>
      hooksOf(group)
        .map((hook) => hook.command)
        .filter(isOwnCommand)
        .map((command) => ({ event, command: command as string })),
    ),
  )
}

const hooksOf = (group: unknown): readonly { readonly command?: unknown }[] => {
  const hooks = (group as { readonly hooks?: unknown } | null)?.hooks
  return Array.isArray(hooks) ? hooks.filter((hook) => typeof hook === 'object' && hook !== null) : []
}

/**
 * Adds a group to the lists of events, at their end. The text is only added to: without the insertions it is what it was.
 * @param text settings, an object whose `hooks`, if any, is an object of lists
 */
export function addEntries(text: string, entries: readonly Entry[]): { text: string; inserted: Insertion[] } {
  const unit = indentOf(text)
  let now = text
  const inserted: Insertion[] = []
  const insert = (at: number, addition: string): void => {
    now = now.slice(0, at) + addition + now.slice(at)
    // What was put in before stands further back now, or around it.
    for (const [index, [start, end]] of inserted.entries())
      inserted[index] = [start >= at ? start + addition.length : start, end > at ? end + addition.length : end]
    if (!inserted.some(([start, end]) => start <= at && at + addition.length <= end))
      inserted.push([at, at + addition.length])
  }
  for (const { event, group } of entries) {
    const hooks = memberOf(treeOf(now), 'hooks')
    const list = memberOf(hooks, event)
    if (list !== undefined) append(now, list, 3, unit, group, undefined, insert)
    else if (hooks !== undefined) append(now, hooks, 2, unit, [group], event, insert)
    else append(now, treeOf(now), 1, unit, { [event]: [group] }, 'hooks', insert)
  }
  return { text: now, inserted: merged(inserted) }
}

/** Adds a child at the end of an object or a list, as the text around it is written. */
function append(
  text: string,
  parent: JsonNode,
  depth: number,
  unit: string | undefined,
  value: unknown,
  name: string | undefined,
  insert: (at: number, addition: string) => void,
): void {
  const last = parent.children.at(-1)
  const line = unit === undefined ? '' : lineEnd(text)
  const pad = (levels: number): string => (unit === undefined ? '' : unit.repeat(levels))
  const json = JSON.stringify(value, null, unit) ?? 'null'
  const body = json.split('\n').join(`${line}${pad(depth)}`)
  const colon = unit === undefined ? ':' : ': '
  const child = `${line}${pad(depth)}${name === undefined ? '' : `${JSON.stringify(name)}${colon}`}${body}`
  if (last !== undefined) insert(last.value.end, `,${child}`)
  else insert(parent.start + 1, isSpread(text, parent) ? child : `${child}${line}${pad(depth - 1)}`)
}

/** Whether the end of an empty object or list stands in a line of its own already. */
const isSpread = (text: string, { start, end }: JsonNode): boolean => text.slice(start + 1, end - 1).includes('\n')

/** What the text is indented with; undefined for a text in one line, which stays in one. */
const indentOf = (text: string): string | undefined => {
  const [first] = treeOf(text).children
  if (first === undefined) return '  '
  const before = /\n([\t ]*)$/.exec(text.slice(0, first.start))
  return before === null ? undefined : before[1] || '  '
}

const lineEnd = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n')

const merged = (insertions: readonly Insertion[]): Insertion[] => {
  const result: Insertion[] = []
  for (const [start, end] of [...insertions].sort(([a], [b]) => a - b)) {
    const last = result.at(-1)
    if (last !== undefined && start <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)]
    else result.push([start, end])
  }
  return result
}

/** The text without what was put in. */
export const withoutInsertions = (text: string, inserted: readonly Insertion[]): string =>
  [...inserted].sort(([a], [b]) => b - a).reduce((rest, [start, end]) => rest.slice(0, start) + rest.slice(end), text)

/**
 * Takes our hooks out of settings, wherever they stand by now; a group, a list and `hooks` itself go with the last of what they
 * held. Everything else stays as it is written.
 */
export function removeEntries(text: string): string {
  let now = text
  for (;;) {
    const cut = nextRemoval(now)
    if (cut === undefined) return now
    now = now.slice(0, cut[0]) + now.slice(cut[1])
  }
}

const nextRemoval = (text: string): Insertion | undefined => {
  const root = treeOf(text)
  const hooks = memberOf(root, 'hooks')
  for (const event of hooks?.children ?? []) {
    for (const group of event.value.children) {
      const list = memberOf(group.value, 'hooks')
      const own = list?.children.find(({ value }) => isOwnCommand(commandIn(text, value)))
      if (list === undefined || own === undefined) continue
      // The way up, as long as it holds nothing else.
      const path: [JsonNode, JsonChild][] = [
        [list, own],
        [event.value, group],
        [hooks as JsonNode, event],
        [root, root.children.findLast(({ name }) => name === 'hooks') as JsonChild],
      ]
      const [parent, child] = path.find(([node]) => node.children.length > 1) ?? (path.at(-1) as [JsonNode, JsonChild])
      return stretchOf(text, parent, child)
    }
  }
  return undefined
}

const commandIn = (text: string, { start, end }: JsonNode): unknown => {
  try {
    return (JSON.parse(text.slice(start, end)) as { readonly command?: unknown } | null)?.command
  } catch {
    return undefined
  }
}

/** A child with the comma that parts it from the others, and the white space that set it off. */
const stretchOf = (_text: string, parent: JsonNode, child: JsonChild): Insertion => {
  const index = parent.children.indexOf(child)
  const before = parent.children[index - 1]
  const after = parent.children[index + 1]
  if (before !== undefined) return [before.value.end, child.value.end]
  if (after !== undefined) return [child.start, after.start]
  return [parent.start + 1, parent.end - 1]
}
