import type { FileChange } from '../../conversion/file-artifacts.ts'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import { type Effect, effect, nameFile, type Place } from '../../effects/index.ts'

/** The patch in the arguments of a call: given as text, or to the program `apply_patch` in a command line. */
export const findPatch = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : /\*\*\* Begin Patch\r?\n[\s\S]*?(?:\*\*\* End Patch|$)/.exec(text)?.[0]

/** The files that a patch adds, changes, deletes or renames, as the patch says. */
export function readPatch(patch: string, place: Place): FileChange[] {
  const changes: FileChange[] = []
  let added: { name: string; lines: string[] } | undefined
  let updated: string | undefined
  const close = (): void => {
    if (added) changes.push({ name: added.name, action: 'created', content: joined(added.lines) })
    added = undefined
  }
  for (const line of patch.split(/\r?\n/)) {
    const header = /^\*\*\* (Add File|Update File|Delete File|Move to): (.+)$/.exec(line)
    if (!header) {
      if (added && line.startsWith('+')) added.lines.push(line.slice(1))
      continue
    }
    const name = nameFile(header[2]?.trim() ?? '', place)
    close()
    if (name === undefined) continue
    if (header[1] === 'Add File') added = { name, lines: [] }
    else if (header[1] === 'Delete File') changes.push({ name, action: 'deleted' })
    else if (header[1] === 'Update File') {
      changes.push({ name, action: 'modified' })
      updated = name
    } else {
      const old = changes.findIndex((change) => change.name === updated && change.action === 'modified')
      if (old >= 0) changes.splice(old, 1, { name: changes[old]?.name ?? name, action: 'deleted' })
      changes.push({ name, action: 'created' })
    }
  }
  close()
  return changes
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** The files that were changed, as the event says that a patch was applied. */
export function readChanges(changes: Json | undefined, place: Place): FileChange[] {
  return Object.entries(changes ?? {}).flatMap(([path, value]): FileChange[] => {
    const name = nameFile(path, place)
    if (name === undefined) return []
    const change = asObject(value)
    // Versions differ in how they tell the kinds apart: a member `type`, or the kind as the only member.
    const kind = asString(change?.type) ?? Object.keys(change ?? {})[0]
    const details = asString(change?.type) ? change : asObject(change?.[kind ?? ''])
    if (kind === 'add') return [{ name, action: 'created', content: asString(details?.content) }]
    if (kind === 'delete') return [{ name, action: 'deleted' }]
    const moved = nameFile(asString(details?.move_path) ?? '', place)
    if (moved === undefined) return [{ name, action: 'modified' }]
    return [
      { name, action: 'deleted' },
      { name: moved, action: 'created' },
    ]
  })
}

/** What a change does to the file. */
export const effectOfChange = ({ name, action }: FileChange): Effect =>
  action === 'deleted' ? effect('delete', 'file', name, 'unknown') : effect('write', 'file', name, 'unknown')
