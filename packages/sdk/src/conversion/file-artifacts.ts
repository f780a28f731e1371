import { digest } from '@agent-run/core'
import type { ContentRef } from '@agent-run/types'
import type { ArtifactDraft, RunDraft } from './run-draft.ts'
import type { StepDraft } from './step-draft.ts'

/** What a call left of a file. */
export interface FileChange {
  /** As effects name it: relative to the root of the run inside it. */
  readonly name: string
  readonly action: ArtifactDraft['action']
  /** All of the content, where the source gives it. */
  readonly content?: string | undefined
}

/** Notes that a step created, changed or deleted a file: one artifact for each distinct file, with what is last known of it. */
export function noteFile(run: RunDraft, { step }: StepDraft, { name, action, content }: FileChange): void {
  const known = run.artifacts.get(name)
  run.artifacts.set(name, {
    name,
    kind: 'file',
    action: known?.action === 'created' && action === 'modified' ? 'created' : action,
    stepId: step.id,
    content: content === undefined ? undefined : contentOf(content),
  })
}

function contentOf(content: string): ContentRef {
  const bytes = new TextEncoder().encode(content)
  return { digest: digest(bytes), size: bytes.length }
}

/** Most files of a patch that are named. */
const most = 1000

/** Notes the files of the patch that was handed in: what `git diff` says was created, changed or deleted. */
export function notePatch(run: RunDraft, draft: StepDraft, patch: string): void {
  let from = ''
  let count = 0
  for (const line of patch.split('\n')) {
    if (line.startsWith('--- ')) from = nameOf(line)
    if (!line.startsWith('+++ ') || from === '' || count >= most) continue
    const to = nameOf(line)
    if (to === '/dev/null') noteFile(run, draft, { name: from, action: 'deleted' })
    else noteFile(run, draft, { name: to, action: from === '/dev/null' ? 'created' : 'modified' })
    from = ''
    count++
  }
}

/** The name on a line `--- a/name` or `+++ b/name`. */
const nameOf = (line: string): string =>
  line
    .slice(4)
    .replace(/[\t\r].*$/s, '')
    .replace(/^[ab]\//, '')
    .slice(0, 1000)
