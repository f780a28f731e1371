import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { parseTrust } from '@agent-run/core'
import type { Trust } from '@agent-run/types'
import { InvalidArgumentError } from 'commander'
import type { Rate } from '../app/admission.ts'
import type { Scope } from '../store/store.ts'
import { Failure, shown } from './failure.ts'

/** Reads a whole number in a range. */
export const readNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
  }

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
}

/** Reads a size in octets: `1048576`, `10MiB`, `64MB`. */
export const readSize =
  (most: number) =>
  (text: string): number => {
    const [, digits, unit = ''] = /^(\d{1,12})\s*([A-Za-z]*)$/.exec(text) ?? []
    const size = digits === undefined ? Number.NaN : Number(digits) * (UNITS[unit.toUpperCase()] ?? Number.NaN)
    if (size >= 1024 && size <= most) return size
    throw new InvalidArgumentError(`Expected a size from 1KiB to ${most / 2 ** 20}MiB, for example 10MiB.`)
  }

/** Reads how often a key may ask: `600/60` is 600 times in 60 seconds, `0` as often as it likes. */
export const readRate = (text: string): Rate => {
  if (text === '0') return { requests: 0, seconds: 1 }
  const [, requests, seconds] = /^([1-9]\d{0,8})\/([1-9]\d{0,5})$/.exec(text) ?? []
  if (requests === undefined)
    throw new InvalidArgumentError('Expected REQUESTS/SECONDS, for example 600/60; 0 for no limit.')
  return { requests: Number(requests), seconds: Number(seconds) }
}

const NETWORKS = ['loopback', 'linklocal', 'uniquelocal']

/** Reads addresses of proxies: `loopback`, `192.0.2.7`, `10.0.0.0/8`, several separated by commas. */
export const readProxies = (text: string): string => {
  const names = text.split(',').map((name) => name.trim())
  if (names.every((name) => NETWORKS.includes(name) || isNetwork(name))) return names.join(',')
  throw new InvalidArgumentError(
    'Expected the addresses of proxies, for example loopback or 10.0.0.0/8, separated by commas.',
  )
}

const isNetwork = (text: string): boolean => {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const version = isIP(address)
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128))
}

/** Reads the URL of a store. */
export const readStoreUrl = (text: string): string => {
  if (/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(text)) return text
  throw new InvalidArgumentError('Expected sqlite:PATH, sqlite::memory: or postgres://USER@HOST/DATABASE.')
}

/** Scopes of a key. `admin` has them all. */
export const scopes: readonly Scope[] = ['runs:write', 'runs:read', 'approvals:decide', 'runs:delete', 'admin']

/** Reads scopes, separated by commas. */
export const readScopes = (text: string): readonly Scope[] => {
  const names = [...new Set(text.split(',').map((name) => name.trim()))]
  if (names.every((name) => (scopes as readonly string[]).includes(name))) return names as Scope[]
  throw new InvalidArgumentError(`Expected some of ${scopes.join(', ')}, separated by commas.`)
}

/** Reads the name of a tenant. */
export const readTenant = (text: string): string => {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/.test(text)) return text
  throw new InvalidArgumentError('Expected 1 to 64 of a-z, 0-9, ".", "_", "-", the first a letter or a digit.')
}

const SPANS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Reads when a key expires: `12h`, `90d`, `8w`, or a time with an offset. RFC 3339, UTC. */
export const readExpiry = (text: string): string => {
  const [, count, unit] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
  const at = count === undefined ? instantOf(text) : Date.now() + Number(count) * (SPANS[unit as string] as number)
  if (at > Date.now() && at < Date.UTC(9999, 0)) return new Date(at).toISOString()
  throw new InvalidArgumentError('Expected a span such as 90d, or a time to come such as 2031-01-01T00:00:00Z.')
}

const instantOf = (text: string): number =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN

/** Whether only this machine can reach a host. */
export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/**
 * A trust file.
 * @throws Failure if it cannot be read or is none
 */
export const readTrustFile = (path: string): Trust => {
  let octets: Uint8Array
  try {
    octets = readFileSync(path)
  } catch (error) {
    throw new Failure(`the trust file ${shown(path)} cannot be read: ${codeOf(error)}`)
  }
  const parsed = parseTrust(octets)
  if (parsed.ok) return parsed.trust
  const [first] = parsed.findings
  throw new Failure(`the trust file ${shown(path)} is not valid: ${first?.path ?? ''} ${first?.message ?? ''}`)
}

/** The system's name for a failure. */
export const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? 'failed')
