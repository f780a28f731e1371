import type { Json } from '../../bytes/json.ts'

/** What the stub server answers. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** An answer of octets; every answer says which protocol it is of (AR-HTTP-001). */
export const octetsReply = (
  status: number,
  type: string,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({ status, headers: { 'x-agent-run-protocol': '1.0.0', 'content-type': type, ...headers }, body })

/** An answer with a JSON body. */
export const jsonReply = (status: number, value: Json, headers: Readonly<Record<string, string>> = {}): Reply =>
  octetsReply(status, 'application/json', Buffer.from(JSON.stringify(value)), headers)

/** A Problem (RFC 9457, AR-HTTP-004). */
export const problemReply = (
  status: number,
  code: string,
  more: { readonly [member: string]: Json } = {},
  headers: Readonly<Record<string, string>> = {},
): Reply => {
  const type = `https://w3id.org/agent-run/v1/errors#${code}`
  const body = Buffer.from(JSON.stringify({ type, title: code, status, code, ...more }))
  return octetsReply(status, 'application/problem+json', body, headers)
}
