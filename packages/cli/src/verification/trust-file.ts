import { parseTrust } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import type { Trust } from '@agent-run/types'
import { Failure } from '../failure.ts'
import { pathName } from '../format/wording.ts'
import { readWhole } from '../input/whole.ts'
import { sourceOf } from './named-sources.ts'

/** Largest trust file, in bytes. */
const TRUST_SIZE = 64 * 1024 * 1024

/** Says on standard error what is odd about a trust file that can be used: a misspelled restriction restricts nothing. */
export async function warnOfTrust(name: string | undefined): Promise<void> {
  if (name === undefined || name === '-') return
  for (const { path, message, suggestion } of parseTrust(await readWhole(sourceOf(name), TRUST_SIZE)).findings) {
    const meant = suggestion === undefined ? '' : ` (did you mean ${visible(suggestion)}?)`
    const text = `${visibleName(name)}: ${pathName(path)}: ${visible(message)}${meant}`
    process.stderr.write(`agent-run: warning: the trust file ${text}\n`)
  }
}

/** The trust file of this name. Throws `Failure` if it cannot be used. */
export async function loadTrust(name: string): Promise<Trust> {
  const parsed = parseTrust(await readWhole(sourceOf(name), TRUST_SIZE))
  if ('trust' in parsed) return parsed.trust
  const [first] = parsed.findings
  const place = first?.position ? `:${first.position.line}:${first.position.column}` : ''
  const where = first ? pathName(first.path) : ''
  const why = first ? `${where === '' ? '' : `${where}: `}${visible(first.message)}` : 'it does not follow its schema'
  const more = parsed.findings.length > 1 ? ` (and ${parsed.findings.length - 1} more)` : ''
  throw new Failure(`the trust file ${visibleName(name)}${place} cannot be used: ${why}${more}`)
}
