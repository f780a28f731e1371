import type { Cost } from '@agent-run/types'
import { momentAt } from '../../conversion/time.ts'
import { groupBy, inOrder } from './order.ts'
import type { Heard } from './telemetry-log.ts'
import { numberOf } from './telemetry-records.ts'
import type { ModelCallDraft, Turn } from './turn.ts'

/**
 * What a request cost and how long it took, for the answer it is about: by the request's id, else by model and input
 * tokens, which a snapshot of the usage has right, if as many requests as answers have them.
 */
export function addRequests(events: readonly Heard[], turns: readonly Turn[]): void {
  const answers = turns.flatMap((turn) => [...turn.modelCalls.values()].map((call) => ({ turn, call })))
  const byRequest = new Map(
    answers.flatMap((answer) => (answer.call.requestId ? [[answer.call.requestId, answer] as const] : [])),
  )
  const rest: Heard[] = []
  const used = new Set<ModelCallDraft>()
  const put = (event: Heard, { turn, call }: (typeof answers)[number]): void => {
    if (used.has(call)) return
    used.add(call)
    event.use()
    addRequest(event, turn, call)
  }
  for (const event of events) {
    const answer = byRequest.get(event.attributes.get('request_id') ?? '')
    if (answer) put(event, answer)
    else rest.push(event)
  }
  const left = groupBy(
    answers.filter(({ call }) => !used.has(call)),
    ({ call: { cost } }) =>
      keyOf(
        cost.model,
        (cost.input_tokens ?? 0) - (cost.cache_read_tokens ?? 0) - (cost.cache_write_tokens ?? 0),
        cost.cache_read_tokens ?? 0,
      ),
  )
  const eventsOf = groupBy(rest, ({ attributes }) =>
    keyOf(
      attributes.get('model'),
      numberOf(attributes, 'input_tokens') ?? 0,
      numberOf(attributes, 'cache_read_tokens') ?? 0,
    ),
  )
  for (const [key, own] of eventsOf) {
    const candidates = left.get(key) ?? []
    if (candidates.length !== own.length) continue
    const ordered = inOrder(candidates, ({ call }) => call.draft.begun)
    for (const [index, event] of inOrder(own, ({ at }) => at?.ms).entries()) put(event, ordered[index]!)
  }
}

const keyOf = (model: string | null | undefined, fresh: number, read: number): string =>
  JSON.stringify([model ?? '', fresh, read])

function addRequest({ attributes, at }: Heard, turn: Turn, call: ModelCallDraft): void {
  const fresh = numberOf(attributes, 'input_tokens')
  const output = numberOf(attributes, 'output_tokens')
  const read = numberOf(attributes, 'cache_read_tokens')
  const written = numberOf(attributes, 'cache_creation_tokens')
  const price = Number(attributes.get('cost_usd') ?? 'unknown')
  if (fresh !== undefined && output !== undefined && fresh + output > 0) {
    const input = fresh + (read ?? 0) + (written ?? 0)
    const counted: Cost = { input_tokens: input, output_tokens: output }
    if (read !== undefined) counted.cache_read_tokens = read
    if (written !== undefined) counted.cache_write_tokens = written
    call.cost = {
      ...counted,
      total_tokens: input + output,
      ...(call.cost.model ? { model: call.cost.model } : {}),
      basis: 'reported',
    }
  }
  if (price >= 0 && price <= Number.MAX_SAFE_INTEGER) {
    call.cost.cost_usd = price
    call.cost.price_basis = 'reported'
  }
  const duration = numberOf(attributes, 'duration_ms')
  const start = at && duration !== undefined ? momentAt(at.ms - duration) : undefined
  const { step } = call.draft
  const begins = turn.start?.ms ?? Number.NEGATIVE_INFINITY
  if (!start || start.ms < begins || !step.ended_at || start.ms > Date.parse(step.ended_at)) return
  step.started_at = start.text
  step.duration_ms = Date.parse(step.ended_at) - start.ms
  call.draft.begun = start.ms
}

/** How far an error and the line that tells of it may lie apart. */
const near = 5000

/** Requests that failed: the transcript's own, which learn how long they took, or further ones. */
export function addErrors(events: readonly Heard[], turns: readonly Turn[]): void {
  const ordered = inOrder(turns, ({ start }) => start?.ms)
  const used = new Set<string>()
  for (const { at, attributes, use } of events) {
    const turn = at && ordered.findLast(({ start }) => start !== undefined && start.ms <= at.ms)
    if (!turn || !at) continue
    use()
    const duration = numberOf(attributes, 'duration_ms')
    const start = duration === undefined ? undefined : momentAt(at.ms - duration)
    const attempt = numberOf(attributes, 'attempt')
    const model = attributes.get('model')
    const known = turn.drafts.find(
      ({ step }) =>
        step.type === 'model_call' &&
        step.status === 'failed' &&
        !used.has(step.id) &&
        step.ended_at &&
        Math.abs(Date.parse(step.ended_at) - at.ms) <= near,
    )
    if (known) {
      used.add(known.step.id)
      if (model) known.step.model ??= turn.previewer.text(model, 256)
      if (attempt) known.step.attempt ??= attempt
      continue
    }
    const draft = turn.add(
      {
        id: `api-error-${at.ms}`,
        type: 'model_call',
        status: 'failed',
        started_at: start?.text ?? null,
        ...(model ? { model: turn.previewer.text(model, 256) } : {}),
        ...(attempt ? { attempt } : {}),
        error: turn.previewer.text(attributes.get('error') ?? 'the provider failed', 1000),
        error_type: attributes.get('status_code') === '429' ? 'rate_limited' : 'provider_error',
        source_ref: 'telemetry',
      },
      turn.lastLine,
      start,
    )
    turn.settle(draft, turn.lastLine, at)
    used.add(draft.step.id)
  }
}
