import { bytes, pad, type Style, wrap } from '@agent-run/core/text'
import type { ArtifactEntry } from '@agent-run/types'
import { moment } from '../../receipt/moment.ts'
import { clean } from '../../receipt/pretty-receipt.ts'

/** Artifacts for a terminal: each run once, the newest first, and under it what it made in the order of time. */
export function artifactListText(entries: readonly ArtifactEntry[], style: Style, width: number): string {
  const groups = new Map<string, ArtifactEntry[]>()
  for (const entry of entries) {
    const key = JSON.stringify([entry.run_id, entry.agent_id])
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  const widest = entries.reduce((most, { artifact }) => Math.max(most, actionOf(artifact).length), 0)
  const blocks = Array.from(groups.values(), (group) => {
    const [{ run_id, agent_id }] = group as [ArtifactEntry]
    const inTime = [...group].sort((a, b) => timeOf(a) - timeOf(b))
    return [
      ...wrap(`${clean(run_id)}  by ${clean(agent_id)}`, width).map(style.bold),
      ...inTime.flatMap((entry) => artifactLines(entry, widest, style, width)),
    ].join('\n')
  })
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}

const timeOf = ({ at }: ArtifactEntry): number => Date.parse(at ?? '') || 0

const actionOf = ({ action }: ArtifactEntry['artifact']): string => clean(action ?? '–')

/** The whole name, wrapped; under it what it is and when it was made. */
const artifactLines = ({ artifact, at }: ArtifactEntry, widest: number, style: Style, width: number): string[] => {
  const indent = ' '.repeat(widest + 4)
  const names = wrap(clean(artifact.name ?? artifact.id), width - indent.length)
  const { size, digest } = artifact.content ?? {}
  const about = [
    at === undefined || at === null ? undefined : moment(at),
    size === undefined ? undefined : bytes(size),
    digest?.replace(/^(sha256:.{12}).*/, '$1…'),
  ]
  const line = about.filter(Boolean).join(' · ')
  return [
    ...names.map((name, index) => `  ${pad(index === 0 ? actionOf(artifact) : '', widest)}  ${name}`),
    ...(line === '' ? [] : wrap(clean(line), width - indent.length).map((part) => style.dim(`${indent}${part}`))),
  ]
}
