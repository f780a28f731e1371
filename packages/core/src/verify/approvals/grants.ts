import { compareInstants, type Instant } from '../../semantics/instant.ts'
import { isGiven, type JsonObject, objectOf } from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import { type Approval, type ApprovedStep, type EventPlace, earliest, instantOf, precedes } from './gather.ts'

/** A standing permission: the event that gave it, and what it says. */
export interface GrantPlace {
  readonly event: EventPlace
  readonly grant: JsonObject
  readonly revokedAt: Instant | undefined
  /** Until when it may be used, revoked or not; `undefined` is for ever. */
  readonly end: Instant | undefined
}

/** The grants of one approval that count. */
export interface Grants {
  readonly first: GrantPlace
  /** Whether one of them is for the tool, server and definition of a step, and for the session of the run. */
  covers(step: ApprovedStep): boolean
  /** Whether one of them is, and held when the step began. */
  holds(step: ApprovedStep): boolean
  /** When the last of them that is for the step's tool, server and definition was given. */
  lastGiven(step: ApprovedStep): Instant | undefined
}

/** Indexes grants by what they allow, so that no step has to look through all of them. There is at least one. */
export const grantsOf = (
  { run }: VerifyContext,
  events: readonly [EventPlace, ...EventPlace[]],
  { revokedAt }: Approval,
): Grants => {
  const all = events.map((event): GrantPlace => {
    const grant = objectOf(event.value, 'grant') ?? {}
    return { event, grant, revokedAt: revokedAt(event), end: earliest([instantOf(grant, 'expires_at'), event.end]) }
  })
  const byUse = new Map<string, GrantPlace[]>()
  for (const each of all) {
    if (!isForSession(each, run)) continue
    const use = useOf(each.grant)
    const group = byUse.get(use)
    if (group) group.push(each)
    else byUse.set(use, [each])
  }
  const spans = new Map([...byUse].map(([use, group]) => [use, createSpans(group)]))
  const usesOf = ({ value }: ApprovedStep): string[] =>
    [...new Set([useOf(value), useOf(value, null)])].filter((use) => spans.has(use))
  return {
    first: all[0]!,
    covers: (step) => usesOf(step).length > 0,
    holds: (step) => usesOf(step).some((use) => spans.get(use)?.hold(step.startedAt)),
    lastGiven: (step) =>
      usesOf(step)
        .flatMap((use) => spans.get(use)?.lastGiven ?? [])
        .reduce<Instant | undefined>(
          (last, each) => (last && compareInstants(last, each) > 0 ? last : each),
          undefined,
        ),
  }
}

/** Whether a grant is for calls like that of a step: its tool and server, and its definition where the grant has one. */
export const isForCall = ({ grant }: GrantPlace, { value }: ApprovedStep): boolean =>
  useOf(grant) === (isGiven(grant, 'tool_hash') ? useOf(value) : useOf(value, null))

/** Whether a grant is for the session of the run, or for good. */
export const isForSession = ({ grant }: GrantPlace, run: JsonObject): boolean =>
  grant.scope !== 'session' || (isGiven(run, 'session_id') && grant.session_id === run.session_id)

/** Tool, server and definition; absent is as good as `null`, and equal to itself only. */
const useOf = ({ tool_name, mcp_server, tool_hash }: JsonObject, definition = tool_hash ?? null): string =>
  JSON.stringify([tool_name ?? null, mcp_server ?? null, definition])

/** When grants for one use hold. */
interface Spans {
  /** Whether one of them holds at a time; always, if the step has not begun. */
  hold(at: Instant | undefined): boolean
  readonly lastGiven: Instant | undefined
}

const createSpans = (grants: readonly GrantPlace[]): Spans => {
  const never = { seconds: Number.POSITIVE_INFINITY, nanoseconds: 0 }
  const given = grants
    .map(({ event, revokedAt, end }) => ({
      from: event.at ?? { seconds: Number.NEGATIVE_INFINITY, nanoseconds: 0 },
      to: earliest([revokedAt, end]) ?? never,
    }))
    .sort((a, b) => compareInstants(a.from, b.from))
  // Until when the grants up to each of them hold, so that one look at the last one given in time is enough.
  const ends: Instant[] = []
  for (const { to } of given) ends.push(precedes(to, ends.at(-1)) ? ends.at(-1)! : to)
  return {
    hold(at) {
      if (at === undefined) return true
      let [low, high] = [0, given.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (precedes(at, given[middle]!.from)) high = middle
        else low = middle + 1
      }
      return low > 0 && !precedes(ends[low - 1], at)
    },
    lastGiven: given.at(-1)?.from,
  }
}
