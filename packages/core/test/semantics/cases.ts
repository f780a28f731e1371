import { readdirSync, readFileSync } from 'node:fs'

/** A file of conformance/cases/semantics/: what one rule accepts and what it finds. */
export interface CaseFile {
  readonly code: string
  readonly requirement: string
  readonly severity: 'error' | 'warning'
  readonly since?: '1.0'
  readonly description: string
  readonly valid: readonly Record<string, unknown>[]
  readonly invalid: readonly {
    readonly fault: string
    readonly record: Record<string, unknown>
    readonly expect: readonly { readonly code: string; readonly path: string }[]
  }[]
}

const folder = new URL('../../../../conformance/cases/semantics/', import.meta.url)

/** Every case file, with its name. */
export const caseFiles: readonly (CaseFile & { readonly name: string })[] = readdirSync(folder)
  .sort()
  .map((name) => ({ name, ...(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as CaseFile) }))
