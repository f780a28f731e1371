import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Cursors and event ids: opaque on the wire, and only of use to the tenant and for the purpose they were given for.
 * One that is foreign, altered or invented is `undefined`, all alike.
 */
export interface Tokens {
  /**
   * @param purpose what it is for, the query included: `runs?agent_id=x`, `events`
   * @param payload what the server wants to be told again; readable by whoever decodes it
   */
  seal(tenant: string, purpose: string, payload: string): string
  open(tenant: string, purpose: string, token: string): string | undefined
}

/** Octets of the MAC. */
const MAC = 16
/** Longest token that is looked at. */
const LONGEST = 4096

/** Tokens under a secret that all processes of a store share. */
export const createTokens = (secret: Uint8Array): Tokens => {
  const mac = (tenant: string, purpose: string, payload: Uint8Array): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify([tenant, purpose]))
      .update('\0')
      .update(payload)
      .digest()
      .subarray(0, MAC)
  return {
    seal(tenant, purpose, payload) {
      const octets = Buffer.from(payload, 'utf8')
      return Buffer.concat([octets, mac(tenant, purpose, octets)]).toString('base64url')
    },
    open(tenant, purpose, token) {
      if (token.length > LONGEST || !/^[\w-]+$/.test(token)) return undefined
      const octets = Buffer.from(token, 'base64url')
      // base64url has several spellings of some octets; only ours is ours.
      if (octets.length < MAC || octets.toString('base64url') !== token) return undefined
      const payload = octets.subarray(0, -MAC)
      return timingSafeEqual(octets.subarray(-MAC), mac(tenant, purpose, payload))
        ? payload.toString('utf8')
        : undefined
    },
  }
}
