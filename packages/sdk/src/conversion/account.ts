import type { Finding } from '@agent-run/core'
import type { ConvertedGroup } from './convert-groups.ts'
import type { ConversionReport, ConversionTotals, FileReport } from './report.ts'

/** The account of a conversion of many files, of one format or several. JSON-serialisable. */
export interface ConversionAccount {
  /** False if nothing was recognised in any file, or a file could not be read to its end. */
  readonly ok: boolean
  readonly totals: ConversionTotals
  /** Runs that occurred before and were left out. */
  readonly repeated_runs: number
  /** One report for each format; `path` of a finding is a JSON Pointer into its report. */
  readonly reports: readonly ConversionReport[]
  /** Names of files of no known format. */
  readonly unrecognised: readonly string[]
}

interface Part {
  readonly report: ConversionReport
  readonly files: FileReport[]
  readonly findings: Finding[]
  totals: ConversionTotals | undefined
}

/** Keeps account of a conversion, group by group. */
export class Accountant {
  readonly #parts = new Map<string, Part>()
  #repeated = 0

  add({ report, repeated }: Pick<ConvertedGroup, 'report' | 'repeated'>): void {
    this.#repeated += repeated
    const part = this.#parts.get(report.format) ?? { report, files: [], findings: [], totals: undefined }
    this.#parts.set(report.format, part)
    const offset = part.files.length
    for (const file of report.files) part.files.push(file)
    part.findings.push(
      ...report.findings.map((finding) => ({
        ...finding,
        path: finding.path.replace(/^\/files\/(\d+)/, (_, index: string) => `/files/${Number(index) + offset}`),
      })),
    )
    part.totals = part.totals === undefined ? report.totals : addTotals(part.totals, report.totals)
  }

  /** @param unrecognised names of files of no known format */
  finish(unrecognised: readonly string[]): ConversionAccount {
    const parts = [...this.#parts.values()]
    const totals = parts.flatMap((part) => part.totals ?? []).reduce(addTotals, noTotals)
    const found = totals.runs > 0
    const reports = parts.map(({ report, files, findings, totals: own }): ConversionReport => {
      const kept = findings.map((finding) => (found ? mild(finding) : finding))
      return {
        ...report,
        files,
        findings: kept,
        totals: own ?? report.totals,
        ok: !kept.some(({ severity }) => severity === 'error'),
      }
    })
    return {
      ok: found && reports.every(({ ok }) => ok),
      totals,
      repeated_runs: this.#repeated,
      reports,
      unrecognised,
    }
  }
}

/** A file in which nothing happened is an error only where nothing was found in the others either. */
const mild = (finding: Finding): Finding =>
  finding.code === 'convert.no_turns' ? { ...finding, severity: 'warning' } : finding

const noTotals: ConversionTotals = {
  runs: 0,
  steps: 0,
  steps_by_type: {},
  tool_calls: 0,
  tool_results: 0,
  denials: 0,
  sub_agents: 0,
  model_calls: 0,
  input_tokens: null,
  output_tokens: null,
  cache_read_tokens: null,
  cache_write_tokens: null,
}

function addTotals(a: ConversionTotals, b: ConversionTotals): ConversionTotals {
  const types = new Map(Object.entries(a.steps_by_type))
  for (const [type, steps] of Object.entries(b.steps_by_type)) types.set(type, (types.get(type) ?? 0) + steps)
  const sum = (x: number | null, y: number | null): number | null => (x === null ? y : y === null ? x : x + y)
  return {
    runs: a.runs + b.runs,
    steps: a.steps + b.steps,
    steps_by_type: Object.fromEntries([...types].sort(([x], [y]) => (x < y ? -1 : 1))),
    tool_calls: a.tool_calls + b.tool_calls,
    tool_results: a.tool_results + b.tool_results,
    denials: a.denials + b.denials,
    sub_agents: a.sub_agents + b.sub_agents,
    model_calls: a.model_calls + b.model_calls,
    input_tokens: sum(a.input_tokens, b.input_tokens),
    output_tokens: sum(a.output_tokens, b.output_tokens),
    cache_read_tokens: sum(a.cache_read_tokens, b.cache_read_tokens),
    cache_write_tokens: sum(a.cache_write_tokens, b.cache_write_tokens),
  }
}
