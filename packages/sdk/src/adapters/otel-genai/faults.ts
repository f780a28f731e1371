import type { Step } from '@agent-run/types'
import { names } from './names.ts'
import { type Span, textOf } from './span.ts'

/** Whether a span says that what it is of failed. */
export const hasFailed = (span: Span): boolean =>
  span.status === 'error' || (span.status === 'unset' && textOf(span, ['error.type']) !== undefined)

/** What went wrong, in the words of the source. */
export function errorText(span: Span): string | undefined {
  const exception = span.events.find(({ name }) => name === 'exception')
  return (
    span.statusMessage ??
    (exception && textOf(exception, ['exception.message', 'exception.type'])) ??
    textOf(span, ['exception.message', 'error.message', ...names.errorType])
  )
}

const known: readonly (readonly [RegExp, NonNullable<Step['error_type']>])[] = [
  [/time.?d?.?out|deadline/i, 'timeout'],
  [/rate.?limit|429|too.?many.?requests|overloaded/i, 'rate_limited'],
  [/cancel|abort/i, 'cancelled'],
  [/context.?(?:length|window)/i, 'context_overflow'],
  [/permission|forbidden|403|unauthori[sz]ed|401/i, 'permission_denied'],
  [/connection|network|ECONN|ENOTFOUND/i, 'network'],
]

/** Names that only say that there was an error. */
const saysNothing = /^(?:_OTHER|(?:\w+\.)?(?:tool_?)?(?:error|exception|failure)|RuntimeError)$/i

/** The kind of an error: a registered one where the name says so, else the name, as this source's own. */
export function errorTypeOf(span: Span, fallback: Step['error_type']): Step['error_type'] {
  const exception = span.events.find(({ name }) => name === 'exception')
  const type = textOf(span, names.errorType) ?? (exception && textOf(exception, ['exception.type']))
  if (type === undefined || saysNothing.test(type)) return fallback
  const registered = known.find(([pattern]) => pattern.test(type))
  if (registered) return registered[1]
  const own = type
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '_')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 80)
  return own === '' ? fallback : `otel:${own}`
}
