import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { type Moment, momentAt, readTimeOrUtc } from '../../conversion/time.ts'

/** A piece of work that was opened and perhaps closed, or a mark, which is over at once. */
export interface Scope {
  readonly id: string
  readonly parentId: string | undefined
  readonly name: string
  /** `agent`, `llm`, `tool` and so on; `mark` for a mark without a category. */
  readonly category: string
  readonly isMark: boolean
  readonly profile: Json
  readonly start: Moment | undefined
  readonly input: unknown
  readonly line: number
  end: Moment | undefined
  endLine: number | undefined
  output: unknown
  /** Where the stream says it: `ok`, `error`, `cancelled`. */
  status: string | undefined
  error: string | undefined
  parent: Scope | undefined
  readonly children: Scope[]
}

/** Time of an event: RFC 3339, or microseconds since 1970. */
export const timeOf = (value: unknown): Moment | undefined =>
  typeof value === 'number' ? momentAt(value / 1000) : readTimeOrUtc(value)

/** What kind of event it is, in version 0.1 (`kind` and `scope_category`) and 0.2 (`ScopeStart`, `ScopeEnd`, `Mark`). */
export function phaseOf(json: Json): 'start' | 'end' | 'mark' | undefined {
  if (json.kind === 'scope')
    return json.scope_category === 'start' ? 'start' : json.scope_category === 'end' ? 'end' : undefined
  if (json.kind === 'ScopeStart') return 'start'
  if (json.kind === 'ScopeEnd') return 'end'
  return json.kind === 'mark' || json.kind === 'Mark' ? 'mark' : undefined
}

/** Makes a scope of the event that opens it. */
export function openScope(json: Json, line: number): Scope | undefined {
  const id = asString(json.uuid)
  if (id === undefined) return undefined
  const isMark = phaseOf(json) === 'mark'
  return {
    id,
    parentId: asString(json.parent_uuid),
    name: asString(json.name) ?? 'unknown',
    category: asString(json.category) ?? asString(json.scope_type) ?? (isMark ? 'mark' : 'unknown'),
    isMark,
    profile: asObject(json.category_profile) ?? asObject(json.profile) ?? {},
    start: timeOf(json.timestamp),
    input: json.input ?? json.data,
    line,
    end: isMark ? timeOf(json.timestamp) : undefined,
    endLine: undefined,
    output: isMark ? json.data : undefined,
    status: undefined,
    error: undefined,
    parent: undefined,
    children: [],
  }
}

/** Closes a scope with the event of its end. */
export function closeScope(scope: Scope, json: Json, line: number): void {
  scope.end = timeOf(json.timestamp)
  scope.endLine = line
  scope.output = json.output ?? json.data
  scope.status = asString(json.status)
  const error = asObject(json.error)
  scope.error = asString(error?.message) ?? asString(json.error)
}

/** Puts scopes into those they belong to; one whose parent is not there stands at the top. */
export function nest(scopes: readonly Scope[]): Scope[] {
  const byId = new Map(scopes.map((scope) => [scope.id, scope]))
  const isAbove = (above: Scope, from: Scope): boolean => {
    for (let next: Scope | undefined = from; next; next = next.parent) if (next === above) return true
    return false
  }
  for (const scope of scopes) {
    const parent = scope.parentId === undefined ? undefined : byId.get(scope.parentId)
    if (!parent || isAbove(scope, parent)) continue
    scope.parent = parent
    parent.children.push(scope)
  }
  return scopes.filter(({ parent }) => parent === undefined)
}

/** Usage that a payload of a provider carries. */
export function usageOf(output: unknown): Json | undefined {
  const json = asObject(output)
  return asObject(json?.usage) ?? asObject(json?.token_usage) ?? asObject(asObject(asArray(json?.choices)?.[0])?.usage)
}
