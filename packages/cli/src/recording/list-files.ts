import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Git } from './git.ts'

/** Where files are looked for, and how far. */
export interface Place {
  /** Folder that names are relative to, absolute, without symbolic links. */
  readonly root: string
  /** Folders that are passed over, absolute: what the recorder itself writes. */
  readonly without: readonly string[]
  /** Most files that are looked at; 200,000 that git knows, or 20,000 others unless given. */
  readonly maxFiles: number | undefined
  /** Most bytes that are read. */
  readonly maxBytes: number
}

/** The files of a folder. Names are relative to its root, with forward slashes. */
export interface Listing {
  /** Files that differ from the commit, or are not in it; without git all of them. */
  readonly loose: readonly string[]
  /** Git's name of the content of each file that does not differ from it; `undefined` where that is not sure. */
  readonly committed: ReadonlyMap<string, string | undefined>
  /** Whether there were more files than are looked at, or one that differs has a name that is no UTF-8. */
  readonly isCut: boolean
  /** Whether any file has a name that is no UTF-8: such a name has no place in a record. */
  readonly hasUnnamed: boolean
  /** Whether anything differs from the commit, listed or not. */
  readonly isDirty: boolean
  /** Commit and branch, as far as there are any. */
  readonly commit?: string
  readonly branch?: string
}

/** Files that are looked at: git's list costs little, a walk through folders more. */
const most = { git: 200_000, scan: 20_000 }

/** Names of folders that are never entered without git: the depths of version control and of package managers. */
const passedOver = new Set(['.git', '.hg', '.svn', 'node_modules'])

/**
 * Lists the files that git knows or would take: tracked, changed, untracked; ignored files and submodules are left out.
 * Undefined if git fails.
 */
export function listByGit(git: Git, place: Place): Listing | undefined {
  const tracked = git.run(['ls-files', '-s', '-v', '-z', '--full-name', '--', ':/'])
  const status = git.run([
    ...['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=all', '--no-renames'],
    ...['--ignore-submodules=all', '--', ':/'],
  ])
  if (tracked === undefined || status === undefined) return undefined
  const isOurs = excluded(place)
  const { maxFiles = most.git } = place
  const committed = new Map<string, string | undefined>()
  let isCut = false
  let hasUnnamed = false
  for (const entry of entriesOf(tracked)) {
    const [, tag, mode, blob, stage, name] = /^(.) (\d+) ([0-9a-f]+) (\d)\t(.+)$/s.exec(entry) ?? []
    if (name === undefined || mode === '160000' || isOurs(name)) continue
    if (isUnnamed(name)) hasUnnamed = true
    else if (committed.size >= maxFiles) isCut = true
    // A small letter, or a name that is being merged: git was told not to look, or has several contents.
    else committed.set(name, tag === 'H' && stage === '0' ? blob : undefined)
  }
  const loose: string[] = []
  let isDirty = false
  const heads = new Map<string, string>()
  for (const entry of entriesOf(status)) {
    const [, key, value] = /^# branch\.(oid|head) (.+)$/s.exec(entry) ?? []
    if (key !== undefined && value !== undefined && !value.startsWith('(')) heads.set(key, value)
    // 1 XY sub mH mI mW hH hI name; u XY sub m1 m2 m3 mW h1 h2 h3 name; ? name
    const name = /^(?:1(?: \S+){7}|u(?: \S+){9}|\?) (.+)$/s.exec(entry)?.[1]
    if (name === undefined || name.endsWith('/') || isOurs(name)) continue
    committed.delete(name)
    isDirty = true
    if (isUnnamed(name)) {
      hasUnnamed = true
      isCut = true
    } else if (loose.length + committed.size >= maxFiles) isCut = true
    else loose.push(name)
  }
  const [commit, branch] = [heads.get('oid'), heads.get('head')]
  return { loose, committed, isCut, hasUnnamed, isDirty, ...(commit ? { commit } : {}), ...(branch ? { branch } : {}) }
}

const entriesOf = (bytes: Buffer): string[] =>
  bytes
    .toString('utf8')
    .split('\0')
    .filter((entry) => entry !== '')

/** Whether a name is no UTF-8, as far as can be told when it has been read as such. */
const isUnnamed = (name: string): boolean => name.includes('\ufffd')

/**
 * Lists the files below a folder, level by level, so that of too many the deepest are left out. Symbolic links are listed
 * and never followed, other file systems not entered.
 */
export function listByScan(place: Place): Listing {
  const isOurs = excluded(place)
  const { maxFiles = most.scan } = place
  const device = lstatSync(place.root).dev
  const loose: string[] = []
  let isCut = false
  let hasUnnamed = false
  for (let level = ['']; level.length > 0 && !isCut; ) {
    const below: string[] = []
    for (const folder of level) {
      if (isCut) break
      for (const entry of entriesIn(join(place.root, folder))) {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (isOurs(name)) continue
        if (isUnnamed(name)) hasUnnamed = true
        else if (entry.isDirectory()) {
          if (!passedOver.has(entry.name) && isOn(device, join(place.root, name))) below.push(name)
        } else if (!entry.isFile() && !entry.isSymbolicLink()) continue
        else if (loose.length >= maxFiles) isCut = true
        else loose.push(name)
      }
    }
    level = below
  }
  return { loose, committed: new Map(), isCut, hasUnnamed, isDirty: true }
}

const entriesIn = (folder: string): Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    // It has gone, or is not ours to read.
    return []
  }
}

const isOn = (device: number, folder: string): boolean => {
  try {
    return lstatSync(folder).dev === device
  } catch {
    return false
  }
}

/** What the recorder writes where it has no folder of its own. */
const ownFile = /^[0-9a-f]{8}-[0-9a-f-]{27}[^/]*\.(?:json|journal)(?:\.lock)?$/

/** Whether a file is one that the recorder itself writes. */
const excluded = ({ root, without }: Place): ((name: string) => boolean) => {
  const prefixes = without
    .map((folder) => relative(root, folder).split(sep).join('/'))
    .filter((folder) => folder !== '..' && !folder.startsWith('../'))
  return (name) =>
    prefixes.some((prefix) => (prefix === '' ? ownFile.test(name) : name === prefix || name.startsWith(`${prefix}/`)))
}
