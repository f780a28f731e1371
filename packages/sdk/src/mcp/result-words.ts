import { isMembers, type Members, membersAt, own, textAt } from './json-rpc.ts'

/** The result of a call in words, for a preview: its texts, and of everything else what it is. */
export function resultWords(result: Members): string {
  const content = own(result, 'content')
  const parts = Array.isArray(content) ? content.slice(0, 100).map(partWords) : []
  const structured = own(result, 'structuredContent')
  // A tool that gives structured content repeats it as text for older clients.
  if (structured !== undefined && parts.length === 0) parts.push(JSON.stringify(structured) ?? '')
  return parts.join('\n')
}

const partWords = (part: unknown): string => {
  if (!isMembers(part)) return '[unknown content]'
  const type = textAt(part, 'type') ?? 'unknown'
  if (type === 'text') return textAt(part, 'text') ?? ''
  const kind = textAt(part, 'mimeType')
  const data = textAt(part, 'data')
  const resource = membersAt(part, 'resource')
  const text = textAt(resource, 'text')
  if (text !== undefined) return text
  const where = textAt(part, 'uri') ?? textAt(resource, 'uri')
  const facts = [
    type,
    kind ?? textAt(resource, 'mimeType'),
    where,
    data && `${Math.floor((data.length * 3) / 4)} bytes`,
  ]
  return `[${facts.filter(Boolean).join(' ')}]`
}

/** What a result is made of, in numbers and names of types. */
export function resultShape(result: Members): Record<string, unknown> {
  const content = own(result, 'content')
  const types: Record<string, number> = {}
  if (Array.isArray(content))
    for (const part of content) {
      const given = isMembers(part) ? textAt(part, 'type') : undefined
      const type = given !== undefined && /^[a-z_]{1,40}$/.test(given) ? given : 'other'
      types[type] = (types[type] ?? 0) + 1
    }
  return {
    ...(Object.keys(types).length === 0 ? {} : { content: types }),
    ...(Object.hasOwn(result, 'structuredContent') ? { structured: true } : {}),
  }
}
