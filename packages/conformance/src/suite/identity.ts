import { readFileSync } from 'node:fs'
import { dataDigest } from '../data/index.ts'
import type { Report } from './report.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly name: string
  readonly version: string
}

/** Version of this suite, as its package says. */
export const version: string = manifest.version

/** Which suite it is: its name, its version and the digest of its data. */
export const identity = (): Report['suite'] => ({ name: manifest.name, version, data: dataDigest() })
