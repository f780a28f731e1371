import { vocabularies } from '../generated/vocabularies.ts'
import { nearest } from '../suggest/nearest.ts'
import { quote } from './quote.ts'
import type { Rule } from './rule.ts'

/** Rules about open vocabularies. */
export const vocabularyRules: readonly Rule[] = [
  {
    code: 'vocabulary.unregistered',
    severity: 'warning',
    requirement: 'AR-RUN-020',
    summary: 'a value of an open vocabulary is registered or written vendor:name',
    check: ({ occurrences }, report) => {
      for (const { path, value, vocabulary } of occurrences.unregistered) {
        report(path, `${quote(value)} is not registered; expected a registered value or vendor:name`, () => {
          const allowed = vocabularies[vocabulary] ?? []
          const suggestion = nearest(value, allowed)
          return suggestion === undefined ? { allowed } : { allowed, suggestion }
        })
      }
    },
  },
]
