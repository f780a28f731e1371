import type { AgentRun } from '@agent-run/types'
import { tokensOf } from '../read/pointer.ts'
import { validateValue } from './validate.ts'

/** The interface of Standard Schema v1 (standardschema.dev), as far as it is used here. */
export interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output>
    readonly types?: { readonly input: Output; readonly output: Output } | undefined
  }
}

/** A value that passed, or what is wrong with it. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path: readonly PropertyKey[] }[] }

/**
 * An AgentRun for libraries that take any Standard Schema. Validates a parsed value with its semantic rules; warnings
 * are no issues, and the value is passed on as it is.
 */
export const agentRunSchema: StandardSchema<AgentRun> = {
  '~standard': {
    version: 1,
    vendor: 'agent-run',
    validate: (value) => {
      // Not `validate`: a text is no AgentRun here, even if one can be read from it.
      const { ok, findings } = validateValue(value, {})
      if (ok) return { value: value as AgentRun }
      return {
        issues: findings
          .filter(({ severity }) => severity === 'error')
          .map(({ message, path }) => ({ message, path: keysOf(path) })),
      }
    },
  },
}

/** The keys of a JSON Pointer; what looks like an index is one. */
const keysOf = (path: string): PropertyKey[] =>
  (tokensOf(path) ?? []).map((token) => (/^(0|[1-9][0-9]*)$/.test(token) ? Number(token) : token))
