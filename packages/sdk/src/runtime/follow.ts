/**
 * What comes through a stream, and how it ends: exactly one of `end`, `fail` and `cancel` is called, once. Its reader hears
 * of the end when what they return is settled, where it reads asynchronously.
 */
export interface Follower {
  chunk(value: unknown): void
  end(): Promise<unknown> | undefined
  fail(error: unknown): Promise<unknown> | undefined
  /** Whoever reads it has stopped before its end. */
  cancel(): Promise<unknown> | undefined
}

type Method = (...parameters: unknown[]) => unknown

const methodOf = (value: object, name: PropertyKey): Method | undefined => {
  const member: unknown = Reflect.get(value, name, value)
  return typeof member === 'function' ? (member as Method) : undefined
}

/**
 * Whether a value comes in pieces: a stream, an asynchronous iterable, a generator. Lists and maps are there at once, and
 * so is what does not let itself be looked at.
 */
export const isInPieces = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false
  try {
    return (
      methodOf(value, Symbol.asyncIterator) !== undefined ||
      methodOf(value, 'getReader') !== undefined ||
      (methodOf(value, Symbol.iterator) !== undefined && methodOf(value, 'next') !== undefined)
    )
  } catch {
    return false
  }
}

/** The same stream or iterable, with somebody who sees what its reader gets, when the reader gets it; nothing is read ahead. */
export function follow<T extends object>(value: T, given: Follower): T {
  const follower = once(given)
  return methodOf(value, 'getReader') === undefined
    ? followIterable(value, follower)
    : (followStream(value as T & ReadableStream, follower) as T)
}

const once = (follower: Follower): Follower => {
  let isOver = false
  const last = (tell: () => Promise<unknown> | undefined): Promise<unknown> | undefined => {
    if (isOver) return undefined
    isOver = true
    return tell()
  }
  return {
    chunk(value) {
      if (!isOver) follower.chunk(value)
    },
    end: () => last(() => follower.end()),
    fail: (error) => last(() => follower.fail(error)),
    cancel: () => last(() => follower.cancel()),
  }
}

function followStream(stream: ReadableStream, follower: Follower): ReadableStream {
  const reader = stream.getReader()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) {
            await follower.end()
            controller.close()
          } else {
            follower.chunk(value)
            controller.enqueue(value)
          }
        } catch (error) {
          await follower.fail(error)
          controller.error(error)
        }
      },
      async cancel(reason) {
        const told = follower.cancel()
        await reader.cancel(reason)
        await told
      },
    },
    { highWaterMark: 0 },
  )
}

function followIterable<T extends object>(value: T, follower: Follower): T {
  const target = value
  const proxy: T = new Proxy(standIn(value), {
    get(_, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      const call = (...parameters: unknown[]): unknown => (member as Method).apply(target, parameters)
      if (name === Symbol.asyncIterator || name === Symbol.iterator)
        return (...parameters: unknown[]) => {
          const iterator = call(...parameters)
          return iterator === target ? proxy : followIterable(iterator as object, follower)
        }
      if (name === 'next' || name === 'throw')
        return (...parameters: unknown[]) => watch(() => call(...parameters), follower)
      if (name === 'return')
        return (...parameters: unknown[]) => {
          const told = follower.cancel()
          const result = call(...parameters)
          return result instanceof Promise ? after(told, result) : result
        }
      return call
    },
  })
  return proxy
}

/**
 * What a proxy may stand for: the object itself, or, where it holds members that can no longer be replaced, one that
 * inherits from it, since a proxy must give those out as they are.
 */
export const standIn = <T extends object>(value: T): T => {
  const isFixed = (name: PropertyKey): boolean => {
    const { configurable, writable } = Object.getOwnPropertyDescriptor(value, name) ?? {}
    return configurable === false && writable === false
  }
  return Reflect.ownKeys(value).some(isFixed) ? Object.create(value) : value
}

/** Gets one result of an iterator, now or later, and tells of it. */
function watch(get: () => unknown, follower: Follower): unknown {
  const seen = (result: unknown): unknown => {
    const { done, value } = (result ?? {}) as Partial<IteratorResult<unknown>>
    if (done !== true) {
      follower.chunk(value)
      return result
    }
    return after(follower.end(), result)
  }
  let result: unknown
  try {
    result = get()
  } catch (error) {
    follower.fail(error)
    throw error
  }
  if (!(result instanceof Promise)) {
    seen(result)
    return result
  }
  return result.then(seen, async (error: unknown) => {
    await follower.fail(error)
    throw error
  })
}

/** The same, later. */
const after = async (first: Promise<unknown> | undefined, value: unknown): Promise<unknown> => {
  await first
  return value
}
