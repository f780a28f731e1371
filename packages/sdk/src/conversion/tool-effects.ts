import {
  distinct,
  type Effect,
  effect,
  effectsOfShell,
  enterFolder,
  nameAddress,
  nameFile,
  type Place,
} from '../effects/index.ts'
import { redact } from '../preview/index.ts'
import { asArray, asObject, asString, type Json } from './json.ts'
import { parsed } from './json-text.ts'

/** Reads the effects of one tool off the arguments of a call. */
export type EffectReader = (input: Json, place: Place) => Effect[]

/** The tools that come with a runtime, by every name they have had. */
export type EffectTable = ReadonlyMap<string, EffectReader>

/** Rows of a table: several tools that are read alike. */
export const alike = (reader: EffectReader, ...tools: readonly string[]): [string, EffectReader][] =>
  tools.map((tool) => [tool, reader])

/** A tool that touches only the session itself. */
export const nothing: EffectReader = () => [effect('none')]

/** A tool that works on the file named by the first of these arguments that is given. */
export const onFile =
  (kind: Effect['kind'], ...members: readonly string[]): EffectReader =>
  (input, place) => {
    const path = firstText(input, members)
    const reversible = kind === 'read' ? undefined : 'unknown'
    return [effect(kind, 'file', path === undefined ? undefined : nameFile(path, place), reversible)]
  }

/** A search looks at a folder: the one given, or the current one. */
export const search: EffectReader = (input, place) => [
  effect('read', 'file', nameFile(firstText(input, ['path', 'dir_path', 'directory']) ?? '.', place)),
]

/** A command line, or a list of words, in the folder that the call names or the current one. */
export const shell: EffectReader = (input, place) => {
  const command = commandOf(input)
  if (command === undefined) return [effect('exec', 'command')]
  const folder = firstText(input, ['workdir', 'working_directory', 'cwd'])
  const cwd = folder === undefined ? place.cwd : (enterFolder(folder, place.cwd) ?? undefined)
  const background = input.run_in_background === true ? [effect('process', 'process', undefined, 'unknown')] : []
  return distinct([...effectsOfShell(redact(command), { root: place.root, cwd }), ...background])
}

/** A tool that fetches an address. */
export const address: EffectReader = (input) => [
  effect('network', 'url', nameAddress(firstText(input, ['url', 'uri', 'href']) ?? ''), 'none'),
]

/** A search of the web: which hosts were asked is not said. */
export const webSearch: EffectReader = () => [effect('network', 'service', 'web search', 'none')]

/** A tool that signals or feeds a process that was started before. */
export const onProcess: EffectReader = () => [effect('process', 'process', undefined, 'none')]

/** What a call does by the table, or `undefined` for a tool that is not in it. Arguments may be a JSON string. */
export function readEffects(table: EffectTable, tool: string, input: unknown, place: Place): Effect[] | undefined {
  const reader = table.get(tool)
  return reader && distinct(reader(argumentsOf(input), place))
}

/** Arguments as an object; a JSON string of an object counts as that object, anything else as no arguments. */
export const argumentsOf = (input: unknown): Json => asObject(parsed(input)) ?? {}

/** The command of a call: a line, or words joined as a shell reads them; of `["bash", "-lc", line]` the line. */
export function commandOf(input: Json): string | undefined {
  const line = firstText(input, ['command', 'cmd', 'script'])
  if (line !== undefined) return line
  const words = (asArray(input.command) ?? asArray(input.cmd))?.filter((word) => typeof word === 'string')
  if (words === undefined || words.length === 0) return undefined
  const [program = '', flag = '', script] = words
  if (/(?:^|\/)(?:ba|z|da|k)?sh$/.test(program) && /^-[a-z]*c$/.test(flag) && script !== undefined) return script
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
}

function firstText(input: Json, members: readonly string[]): string | undefined {
  for (const member of members) {
    const value = Object.hasOwn(input, member) ? asString(input[member]) : undefined
    if (value !== undefined) return value
  }
  return undefined
}
