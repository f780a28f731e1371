import { readFileSync } from 'node:fs'
import { visible, visibleName } from '@agent-run/core/text'
import { type PolicyFile, type PolicyProblem, readPolicy } from '@agent-run/sdk/policy'
import { Failure } from '../failure.ts'
import { describeError } from './system-error.ts'

/**
 * The policy in a file. Throws `Failure` with everything that is wrong with it.
 * @param undone what was not done because of that
 */
export function policyIn(file: string, undone = 'nothing was started'): PolicyFile {
  const reading = readPolicy(bytesOf(file))
  if (reading.ok) return reading.policy
  const lines = reading.problems.map((problem) => lineOf(file, problem))
  throw new Failure(
    `${visibleName(file)} is no policy that can be used, so ${undone}:\n${lines.join('\n')}\n  (the format: spec/adapters/mcp.md)`,
  )
}

/** A policy in one line. */
export function summaryOf({ id, version, rules, default: otherwise }: PolicyFile): string {
  const count = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`
  return `policy ${visible(id)}${version === undefined ? '' : ` ${visible(version)}`}: ${count}, otherwise ${otherwise}`
}

const bytesOf = (file: string): Buffer => {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Failure(`the policy ${visibleName(file)} cannot be read: ${describeError(error)}`, { cause: error })
  }
}

const lineOf = (file: string, { position, path, message, suggestion }: PolicyProblem): string => {
  const place = position === undefined ? '' : `:${position.line}:${position.column}`
  const meant = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`
  return `  ${visibleName(file)}${place}  ${visible(path)}${path === '' ? '' : ': '}${visible(message)}${visible(meant)}`
}
