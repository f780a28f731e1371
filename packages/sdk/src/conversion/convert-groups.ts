import type { AgentRun } from '@agent-run/types'
import type { Attachments, ConvertOptions, SourceFile } from './adapter.ts'
import type { Arrangement, ConvertibleFile, FileGroup } from './arrange-files.ts'
import type { Conversion, ConversionReport, ConversionTotals } from './report.ts'
import { addUpTotals } from './totals.ts'

/** A group that was converted. */
export interface ConvertedGroup extends Conversion {
  readonly group: FileGroup
  /** Runs that an earlier group held already, which are left out of `runs`: copies of a history, or the same file again. */
  readonly repeated: number
}

/** What is told besides the groups. */
export interface Listener {
  /** The account of files that say something about runs of others, after the last group. */
  onAttached(report: ConversionReport): void
}

/**
 * Converts groups one after the other. Memory holds one group, what is attached, and the ids of the runs before it; a run
 * that was there before is left out.
 */
export async function* convertGroups(
  { groups, attachments }: Pick<Arrangement, 'groups' | 'attachments'>,
  options: ConvertOptions,
  listener: Listener,
): AsyncGenerator<ConvertedGroup> {
  const attached: Attachments[] = []
  for (const { attacher, files } of attachments) attached.push(await attacher.read(opened(files), options))
  const seen = new Set<string>()
  for (const group of groups) {
    const { runs, report } = await group.adapter.convert(opened(group.files), options)
    const fresh = runs.filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    yield {
      group,
      runs: fresh.map((run) => attached.reduce((whole, attachment) => attachment.attach(whole), run)),
      report: fresh.length === runs.length ? report : { ...report, totals: totalsOf(fresh) },
      repeated: runs.length - fresh.length,
    }
  }
  for (const attachment of attached) listener.onAttached(attachment.report())
}

function* opened(files: readonly ConvertibleFile[]): Iterable<SourceFile> {
  for (const { head, open } of files) yield { name: head.name, content: open() }
}

const totalsOf = (runs: readonly AgentRun[]): ConversionTotals =>
  addUpTotals(runs, runs.filter(({ provenance }) => provenance.parents !== undefined).length)
