/** Identifier of a request: what its answer names. */
export type RequestId = string | number

/** JSON-RPC errors that the proxy itself answers with (JSON-RPC 2.0, section 5.1). */
export const rpcErrors = { parse: -32700, request: -32600, method: -32601, params: -32602, internal: -32603 } as const

/** Members of an object of which nothing is known. */
export type Members = Readonly<Record<string, unknown>>

/** Whether a value is an object with members. */
export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member that is the object's own: a name such as `constructor` finds nothing else. */
export const own = (members: Members | undefined, name: string): unknown =>
  members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined

/** A member that is an object. */
export const membersAt = (members: Members | undefined, name: string): Members | undefined => {
  const value = own(members, name)
  return isMembers(value) ? value : undefined
}

/** A member that is a text and not empty. */
export const textAt = (members: Members | undefined, name: string): string | undefined => {
  const value = own(members, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Whether something can identify a request: a text, or a number that every program writes alike. */
export const isRequestId = (value: unknown): value is RequestId =>
  typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value))

/** The key of an identifier: 1 and "1" are two. */
export const keyOfId = (id: RequestId): string => JSON.stringify(id)

/** An answer that says that a request was not met. */
export const errorAnswer = (id: RequestId | null, code: number, message: string): string =>
  JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })

/** An answer with a result. */
export const resultAnswer = (id: RequestId, result: Members): string => JSON.stringify({ jsonrpc: '2.0', id, result })
