import { isGiven } from './object.ts'
import type { Rule } from './rule.ts'

/** Rules about the version a record was written for. */
export const versionRules: readonly Rule[] = [
  {
    code: 'version.newer',
    severity: 'warning',
    requirement: 'AR-VER-002',
    summary: 'a record of a higher minor version is read as far as this version knows',
    check: ({ specVersion }, report) => {
      const minor = /^1\.([1-9][0-9]*)$/.exec(specVersion ?? '')?.[1]
      if (minor === undefined) return
      const found = minor.length > 6 ? 'a later version' : `version 1.${minor}`
      report(
        '/spec_version',
        `the record is of ${found}; expected 1.0, the latest that this check knows, so the rest is ignored`,
      )
    },
  },
  {
    code: 'run.null_member',
    severity: 'warning',
    requirement: 'AR-RUN-015',
    summary: 'an unknown optional member is left out, not null',
    since: '1.0',
    check: ({ occurrences }, report) => {
      for (const path of occurrences.nulls) {
        const member = path.slice(path.lastIndexOf('/') + 1)
        // For these two kinds `null` is the word for "unknown".
        if (member === 'ended_at' || member.endsWith('_tokens')) continue
        report(path, `${member} is null; expected to be left out where it is unknown`)
      }
    },
  },
  {
    code: 'step.deprecated_member',
    severity: 'warning',
    requirement: 'AR-STEP-012',
    summary: 'success and tokens_used are not written any more',
    since: '1.0',
    check: ({ steps }, report) => {
      for (const step of steps) {
        const { success, tokens_used } = step.value
        if (success !== undefined) report(`${step.path}/success`, 'success is a 0.1 member; expected status')
        if (tokens_used !== undefined) report(`${step.path}/tokens_used`, 'tokens_used is a 0.1 member; expected cost')
      }
    },
  },
]

/** Whether a record is read as 0.1. (AR-VER-001) */
export const isLegacy = (record: Readonly<Record<string, unknown>>): boolean => !isGiven(record, 'spec_version')
