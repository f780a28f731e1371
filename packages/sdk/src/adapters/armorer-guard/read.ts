import type { Attacher, Attachments, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import { asObject, type Json } from '../../conversion/json.ts'
import { boundsOf, type InputRead, readObjects } from '../../conversion/read-input.ts'
import type { ConversionReport } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { attachVerdicts } from './attach.ts'
import { readVerdict, type Verdict } from './verdict.ts'

/** Reads audit logs of Armorer Guard: one verdict a line. They are attached to the calls of runs that are converted with them. */
export async function readArmorerGuard(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Attachments> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  const reads: { readonly read: InputRead; readonly verdicts: readonly Verdict[] }[] = []
  for await (const file of files) {
    const verdicts: Verdict[] = []
    const read = await readObjects(file, bounds, (json, line) => {
      const verdict = readVerdict(json, line)
      if (!verdict) return { skipped: 'line that is no verdict' }
      verdicts.push(verdict)
      return 'later'
    })
    reads.push({ read, verdicts })
  }
  const all = reads.flatMap(({ verdicts }) => verdicts)
  const taken = new Set<Verdict>()
  return {
    attach: (run) => attachVerdicts(run, all, previewer, taken),
    report: () => reportOn(reads, taken),
  }
}

function reportOn(
  reads: readonly { readonly read: InputRead; readonly verdicts: readonly Verdict[] }[],
  taken: ReadonlySet<Verdict>,
): ConversionReport {
  for (const { read, verdicts } of reads) {
    const mapped = verdicts.filter((verdict) => taken.has(verdict)).length
    read.ledger.mapped(mapped)
    read.ledger.skipped('verdict about no call of the runs that were given', verdicts.length - mapped)
  }
  const { report } = assembleConversion({
    about,
    reads: reads.map(({ read }) => read),
    roles: reads.map(({ verdicts }) => (verdicts.length > 0 ? 'audit' : 'unrecognised')),
    runs: [],
    expected: 'verdicts',
  })
  const findings = report.findings.filter(({ code }) => code !== 'convert.no_turns')
  if (taken.size === 0)
    findings.push({
      code: 'convert.nothing_to_attach_to',
      severity: 'error',
      path: '/files',
      message:
        'no verdict is about a call of the runs that were converted; a verdict is no run: give it together with the transcript or trace that has the calls',
    })
  return { ...report, findings, ok: !findings.some(({ severity }) => severity === 'error') }
}

const isVerdict = (json: Json): boolean => {
  const verdict = readVerdict(json, 0)
  if (!verdict) return false
  const inner = asObject(json.verdict) ?? asObject(json.result) ?? json
  return (
    verdict.scanId !== undefined ||
    'sanitized_text' in inner ||
    verdict.reasons.some((reason) => /^(?:semantic|policy|detected|learning):/.test(reason))
  )
}

/** Verdicts of Armorer Guard. */
export const armorerGuardAttacher: Attacher = {
  ...about,
  recognises: ({ objects }) => objects.some(isVerdict),
  read: readArmorerGuard,
}
