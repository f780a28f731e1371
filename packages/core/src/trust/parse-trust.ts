import type { Trust } from '@agent-run/types'
import type { Finding } from '../finding.ts'
import { isBefore, parseInstant } from '../semantics/instant.ts'
import { publicKeyOf } from '../sign/index.ts'
import { validate } from '../validate/index.ts'

/** A trust file, or why it cannot be used. */
export type ParsedTrust =
  | { readonly ok: true; readonly trust: Trust; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads a trust file: strict JSON, `schemas/trust.json`, real keys and times, each key once (AR-TRUST-009). Members that nobody
 * knows are warnings: a misspelled restriction would trust more than was meant. Never throws for content.
 * @param input UTF-8 bytes or text as written, or the parsed value
 */
export const parseTrust = (input: unknown): ParsedTrust => {
  const report = validate(input, { schema: 'trust', reading: 'strict' })
  if (!report.ok) return { ok: false, findings: report.findings }
  const trust = report.value
  const faults = [...faultsOf(trust)]
  const findings = [...report.findings, ...faults]
  return faults.length > 0 ? { ok: false, findings } : { ok: true, trust, findings }
}

function* faultsOf({ keys }: Trust): Generator<Finding> {
  const known = new Set<string>()
  for (const [index, { key, valid_from, valid_until, revoked }] of keys.entries()) {
    const path = `/keys/${index}`
    if (publicKeyOf(key) === undefined)
      yield fault('trust.key', `${path}/key`, 'this is no key; expected the did:key of an Ed25519 public key')
    if (known.has(key)) yield fault('trust.key_twice', `${path}/key`, 'the key stands twice; expected each key once')
    known.add(key)
    for (const [member, time] of Object.entries({ valid_from, valid_until, 'revoked/at': revoked?.at }))
      if (time !== undefined && parseInstant(time) === undefined)
        yield fault('trust.time', `${path}/${member}`, 'this time does not exist; expected a real date and time')
    if (valid_from !== undefined && valid_until !== undefined && isBefore(valid_until, valid_from))
      yield fault('trust.validity', `${path}/valid_until`, 'valid_until is before valid_from; expected it to be later')
  }
}

const fault = (code: string, path: string, message: string): Finding => ({
  code,
  severity: 'error',
  path,
  message,
  requirement: 'AR-TRUST-009',
})
