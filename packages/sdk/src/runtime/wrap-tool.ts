import type { LiveStep, Recorder, ToolCall } from '../recorder/index.ts'
import { type RunSource, runOf } from './current-run.ts'
import { type Deferred, defer } from './deferred.ts'
import { follow, isInPieces } from './follow.ts'
import { pendingCall } from './pending-calls.ts'
import { collectPieces } from './pieces.ts'
import { linksOfCall } from './tool-links.ts'

/** What is recorded of every call of a wrapped tool. */
export interface ToolAbout
  extends Omit<ToolCall<unknown>, 'tool_name' | 'tool_call_id' | 'arguments' | 'ask' | 'until'> {
  readonly name: string
  /**
   * Which parameters are the arguments: `all` of them (the default), recorded as the only one, if that is an object, or as
   * a list; or the `first`, where the others belong to the framework: a context, options.
   */
  readonly parameters?: 'all' | 'first'
  /** The model's id of the call, from the parameters. */
  readonly callId?: (...parameters: readonly unknown[]) => unknown
}

/** What a wrapped function returns: the same, or, where a call of a synchronous one has to be allowed first, a promise. */
export type Wrapped<R> = R extends PromiseLike<unknown> | AsyncIterable<unknown> ? R : R | Promise<Awaited<R>>

/**
 * A function that does the same and is recorded as a tool on every call; where the recorder has a policy or asks people,
 * it runs only if they allow it. `this`, what it returns and what it throws stay as they are. A synchronous function stays
 * synchronous, unless its call is guarded: permission takes time, so it returns a promise then. What it returns in pieces –
 * a stream, a generator – is recorded until its reader has come to its end or stops.
 *
 * @param source the run, or how to find it when the tool is called: `currentRun`. Without one the function just runs.
 * @throws CallRefused where the recorder's `toolCall` does
 */
export function wrapTool<This, P extends readonly unknown[], R>(
  source: RunSource,
  about: string | ToolAbout,
  fn: (this: This, ...parameters: P) => R,
): (this: This, ...parameters: P) => Wrapped<R> {
  const known = typeof about === 'string' ? { name: about } : about
  const isGenerator = Object.prototype.toString.call(fn) === '[object AsyncGeneratorFunction]'
  function wrapped(this: This, ...parameters: P): Wrapped<R> {
    const run = runOf(source)
    const work = (changed: readonly unknown[]): unknown => Reflect.apply(fn, this, changed)
    if (run === undefined) return work(parameters) as Wrapped<R>
    return recordCall(run, known, parameters, { work, isGenerator }) as Wrapped<R>
  }
  const { length, name } = fn
  return Object.defineProperties(wrapped, {
    length: { value: length, configurable: true },
    name: { value: name, configurable: true },
  })
}

/** A function that is to be recorded: called with the parameters that are allowed. */
interface Work {
  readonly work: (parameters: readonly unknown[], step: LiveStep) => unknown
  /** Whether it is an asynchronous generator function: its result can be given before it runs. */
  readonly isGenerator: boolean
}

/** Records one call. */
export function recordCall(run: Recorder, about: ToolAbout, parameters: readonly unknown[], given: Work): unknown {
  const { name, parameters: kind = 'all', callId: _, ...members } = about
  const callId = idOf(about, parameters)
  const sent = kind === 'first' ? parameters[0] : argumentsOf(parameters)
  const parametersFor = (args: unknown): readonly unknown[] => {
    // Where nobody was asked these are the caller's own.
    if (args === sent) return parameters
    if (kind === 'first') return [args, ...parameters.slice(1)]
    return Array.isArray(args) ? args : args === undefined ? [] : [args]
  }
  const call: Call = { handed: defer(), now: undefined, recorded: undefined }
  const execute = (args: unknown, step: LiveStep): unknown => perform(call, () => given.work(parametersFor(args), step))
  const waiting = pendingCall(run, callId)
  const recorded =
    waiting === undefined
      ? run.toolCall(
          {
            ...linksOfCall(run, name, callId),
            ...members,
            tool_name: name,
            ...(callId === undefined ? {} : { tool_call_id: callId }),
            ...(sent === undefined ? {} : { arguments: sent }),
          },
          execute,
        )
      : waiting.proceed(execute)
  call.recorded = recorded.catch(() => undefined)
  const now = call.now as Outcome | undefined
  if (now !== undefined) {
    if ('thrown' in now) throw now.thrown
    return now.value
  }
  const later = Promise.race([call.handed.promise, recorded])
  if (!given.isGenerator) return later
  later.catch(() => undefined)
  return startLater(later as Promise<AsyncGenerator<unknown>>)
}

type Outcome = { readonly value: unknown } | { readonly thrown: unknown }

/** What becomes of one call. */
interface Call {
  /** A result in pieces, which the caller gets long before the call is over. */
  readonly handed: Deferred<unknown>
  /** What came of it at once. */
  now: Outcome | undefined
  /** Settled when it is recorded. */
  recorded: Promise<unknown> | undefined
}

/** Runs the function. @returns what is recorded as its result, when it is over */
function perform(call: Call, work: () => unknown): unknown {
  let result: unknown
  try {
    result = work()
  } catch (error) {
    call.now = { thrown: error }
    throw error
  }
  if (isPromise(result))
    // Not its own `then`, which need not return a promise.
    return Promise.resolve(result).then((value) => {
      if (!isInPieces(value)) return value
      const { followed, whole } = followResult(value, call)
      call.handed.resolve(followed)
      return whole
    })
  if (!isInPieces(result)) {
    call.now = { value: result }
    return result
  }
  const { followed, whole } = followResult(result, call)
  call.now = { value: followed }
  call.handed.resolve(followed)
  return whole
}

const isPromise = (value: unknown): value is PromiseLike<unknown> => {
  try {
    return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  } catch {
    return false
  }
}

/** A result in pieces, and its beginning once its reader is done with it. */
function followResult(result: object, call: Call): { readonly followed: object; readonly whole: Promise<unknown> } {
  const pieces = collectPieces()
  const over = defer<unknown>()
  const ended = (whole: unknown): Promise<unknown> | undefined => {
    over.resolve(whole)
    return call.recorded
  }
  const followed = follow(result, {
    chunk: pieces.add,
    end: () => ended(pieces.whole),
    fail: (error) => ended(Promise.reject(error)),
    cancel: () => ended(Promise.reject(new StoppedReading())),
  })
  return { followed, whole: over.promise }
}

/** Whoever read the result stopped before its end; the recorder reads that as cancelled. */
class StoppedReading extends Error {
  override readonly name = 'AbortError'

  constructor() {
    super('its result was not read to the end')
  }
}

async function* startLater(generator: Promise<AsyncGenerator<unknown>>): AsyncGenerator<unknown> {
  return yield* await generator
}

/** The parameters as plain arguments: the only one if it is an object, else their list; nothing where there are none. */
const argumentsOf = (parameters: readonly unknown[]): unknown => {
  const count = parameters.findLastIndex((parameter) => parameter !== undefined) + 1
  const [only] = parameters
  if (count === 0) return undefined
  return count === 1 && typeof only === 'object' && only !== null && !Array.isArray(only)
    ? only
    : parameters.slice(0, count)
}

const idOf = ({ callId }: ToolAbout, parameters: readonly unknown[]): string | undefined => {
  const id: unknown = callId?.(...parameters)
  return typeof id === 'string' && id !== '' ? id : undefined
}
