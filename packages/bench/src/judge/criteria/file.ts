import type { BenchCriterion } from '@agent-run/types'
import { compileGlob, isGlob } from '../../matching/glob.ts'
import { inTime } from '../../matching/in-time.ts'
import type { FileChange } from '../../trial.ts'
import { hasContentRules, judgeContent } from '../content-rules.ts'
import type { Entry } from '../folder-view.ts'
import { judgeInTime } from '../judge-in-time.ts'
import type { JudgedTrial } from '../judged-trial.ts'
import { met, missed, type Outcome } from '../outcome.ts'
import { isOfRecorder } from '../recorder-folder.ts'
import { counted, listed, shown } from '../words.ts'

/** Most bytes of text that one criterion looks at, over all its files, in UTF-16 units. */
const MOST_TEXT = 64 * 1024 * 1024

/** `file`: one file or several, what became of them, and what stands in them. */
export async function judgeFile(criterion: BenchCriterion, trial: JudgedTrial): Promise<Outcome> {
  const found = await find(criterion.path ?? '', trial)
  if (found === undefined) return missed('there are too many files for this pattern', 'timeout')
  const state = judgeState(criterion, found)
  if (state.score < 100 || criterion.state === 'absent') return state
  const digest = await judgeDigest(criterion, found, trial)
  if (digest !== undefined && digest.score < 100) return digest
  if (!hasContentRules(criterion)) return digest ?? state
  const texts: string[] = []
  let size = 0
  for (const { path } of found.files) {
    const content = await trial.workspace.text(path)
    if ('problem' in content) return missed(`${shown(path)} ${content.problem}; expected a text file`)
    size += content.value.length
    if (size > MOST_TEXT) return missed(`the files of ${shown(found.path)} are too large to be looked at`)
    texts.push(content.value)
  }
  const place = found.isPattern ? `${shown(found.path)} (${counted(texts.length, 'file')})` : shown(found.path)
  return judgeInTime(() => judgeContent(criterion, texts, place))
}

/** What a path or pattern names, in the workspace and among its changes. */
interface Found {
  readonly path: string
  readonly isPattern: boolean
  readonly files: readonly Entry[]
  /** Everything there but folders; of a path also a folder. */
  readonly all: readonly Entry[]
  readonly changes: readonly FileChange[]
}

const find = async (path: string, { workspace, evidence }: JudgedTrial): Promise<Found | undefined> => {
  const isPattern = isGlob(path)
  const fits = compileGlob(path)
  const entry = isPattern ? undefined : await workspace.entry(path)
  const entries = isPattern ? await workspace.entries() : entry === undefined ? [] : [entry]
  const found = inTime(() => ({
    all: isPattern
      ? entries.filter((each) => each.kind !== 'folder' && !isOfRecorder(each.path) && fits(each.path))
      : entries,
    changes: evidence.changes.filter(({ path, kind }) => kind !== 'folder' && fits(path)),
  }))
  if (found === undefined) return undefined
  return { path, isPattern, ...found.value, files: found.value.all.filter(({ kind }) => kind === 'file') }
}

const judgeState = ({ state, path = '' }: BenchCriterion, found: Found): Outcome => {
  const { files, all, changes, isPattern } = found
  const name = shown(path)
  if (state === 'absent') {
    if (all.length === 0) return met(`${name} is not there`)
    return missed(`${listed(all.map((each) => each.path))} is there; expected nothing at ${name}`)
  }
  if (state === 'unchanged') {
    if (changes.length > 0) return missed(`${listed(changes.map(said))}; expected ${name} as it was`)
    return isPattern || files.length > 0 ? met(`${name} is as it was`) : missed(`${name} is not there`)
  }
  if (files.length === 0) {
    const [other] = all
    return other === undefined
      ? missed(`${name} is not there; expected a file`, 'not_found')
      : missed(`${shown(other.path)} is a ${other.kind === 'other' ? 'special file' : other.kind}; expected a file`)
  }
  if (state !== 'changed') return met(`${name} is there`)
  const isChanged = changes.some(({ kind, change }) => kind === 'file' && change !== 'removed')
  return isChanged ? met(`${name} is changed`) : missed(`${name} is as it was; expected a change`)
}

const said = ({ path, change }: FileChange): string => `${path} was ${change}`

const judgeDigest = async (
  { digest }: BenchCriterion,
  { files, path }: Found,
  { workspace }: JudgedTrial,
): Promise<Outcome | undefined> => {
  if (digest === undefined) return undefined
  let problem: string | undefined
  for (const file of files) {
    const content = await workspace.digest(file.path)
    if ('problem' in content) problem ??= `${shown(file.path)} ${content.problem}`
    else if (content.value === digest) return met(`${shown(file.path)} has the digest that was expected`)
  }
  return missed(problem ?? `${shown(path)} has another digest than was expected`)
}
