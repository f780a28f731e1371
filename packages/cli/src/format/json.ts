import type { PlacedFinding } from '../check/result.ts'
import { explanationOf } from './explanation.ts'
import type { CreateReporter } from './reporter.ts'
import { safeJson } from './safe-json.ts'

/**
 * A finding as JSON: the finding of the library, what to do about it, and its place, lines and columns from 1, in
 * UTF-16 code units.
 */
export function findingObject({ line, column, endLine, endColumn, finding }: PlacedFinding): object {
  const { code, severity, path, message, requirement, allowed, suggestion } = finding
  return {
    ...(line === 0 ? {} : { line, column, end_line: endLine, end_column: endColumn }),
    severity,
    code,
    path,
    message,
    requirement,
    allowed,
    suggestion,
    help: explanationOf(code)?.hint,
  }
}

/** One JSON document: every file with its findings, and the sums. */
export const createJsonReporter: CreateReporter = ({ version }) => {
  let findings: object[] = []
  let text = `{\n  "tool": ${safeJson({ name: 'agent-run', version })},\n  "files": [`
  let separator = '\n'
  const taken = (more = ''): string => {
    const all = text + more
    text = ''
    return all
  }
  return {
    finding(placed) {
      findings.push(findingObject(placed))
      return ''
    },
    file({ file, records, errors, warnings, omitted, unusable }) {
      const entry = { file, records, errors, warnings, omitted, readable: !unusable, findings }
      const more = `${separator}    ${safeJson(entry)}`
      findings = []
      separator = ',\n'
      return taken(more)
    },
    end(summary, exitCode) {
      const { files, filesWithFindings, unusable, records, errors, warnings, omitted, durationMs } = summary
      const sums = {
        files,
        files_with_findings: filesWithFindings,
        unreadable: unusable,
        records,
        errors,
        warnings,
        omitted,
        exit_code: exitCode,
        duration_ms: Math.round(durationMs),
      }
      return taken(`\n  ],\n  "summary": ${safeJson(sums)}\n}\n`)
    },
  }
}
