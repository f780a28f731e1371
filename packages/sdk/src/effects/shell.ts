import { distinct, doing, type Effect, effect } from './effect.ts'
import { enterFolder, nameFile, type Place } from './paths.ts'
import { programs } from './programs.ts'
import { readShell, type ShellCommand, type ShellWord } from './shell-reader.ts'
import { unwrap } from './shell-wrappers.ts'

/** How often a script inside a command (`sh -c '…'`) is read as well. */
const deepest = 4

/**
 * What a command line does, as far as it says so itself: one `exec` for the line, then files written or deleted,
 * hosts contacted, things published and so on, by a table of well-known programs. What a program does inside
 * (a test, a script) is unknown and stays unsaid. Nothing is executed.
 *
 * @param command the line as given to the shell
 * @param place the folder of the run and the folder the shell is in
 */
export function effectsOfShell(command: string, place: Place): Effect[] {
  return distinct([effect('exec', 'command', command.trim(), 'unknown'), ...effectsInside(command, place, 0)])
}

/** The effects of the parts of a command line, without the `exec` for the whole. */
function effectsInside(command: string, place: Place, depth: number): Effect[] {
  const effects: Effect[] = []
  const folders: Place[] = []
  let { cwd, isLost } = place
  const enter = (folder: string | undefined): void => {
    cwd = folder
    isLost = folder === undefined
  }
  for (const item of readShell(command)) {
    if (item.type === 'enter') folders.push({ cwd, isLost })
    else if (item.type === 'leave') ({ cwd, isLost } = folders.pop() ?? {})
    else {
      const here = { root: place.root, cwd, isLost }
      effects.push(...effectsOfRedirects(item, here))
      const { name, args, background } = unwrap(item.words)
      if (name === 'cd' || name === 'pushd') enter(folderAfter(args, cwd))
      else if (name === 'popd') enter(undefined)
      else if (name !== undefined) effects.push(...effectsOfProgram(name, args, here, depth))
      if (item.background || background) effects.push(effect('process', 'process', name, 'unknown'))
    }
  }
  return effects
}

function effectsOfProgram(name: string, args: readonly ShellWord[], place: Place, depth: number): Effect[] {
  const script = scriptOf(name, args)
  if (script !== undefined) return depth < deepest ? effectsInside(script, place, depth + 1) : []
  const program = programs.get(name)
  if (!program) return []
  const found = program({
    name,
    args,
    file: (word, kind, reversible = 'unknown') => effect(kind, 'file', fileName(word, place), reversible),
  })
  return found.map((one) => doing(name, one))
}

/** The script in `sh -c 'script'` and `eval script`. */
function scriptOf(name: string, args: readonly ShellWord[]): string | undefined {
  if (name === 'eval') return args.every((word) => word.literal) ? args.map((word) => word.text).join(' ') : undefined
  if (!/^(?:ba|z|da|k|a)?sh$/.test(name)) return undefined
  const flag = args.findIndex((word) => /^-[a-z]*c$/.test(word.text))
  return flag < 0 ? undefined : args[flag + 1]?.text
}

function effectsOfRedirects(command: ShellCommand, place: Place): Effect[] {
  return command.redirects
    .filter(({ operator, target }) => operator !== '<' && operator !== '<&' && !isDevice(target.text))
    .map(({ target }) => effect('write', 'file', fileName(target, place), 'unknown'))
}

const isDevice = (path: string): boolean => /^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+|zero)$/.test(path)

const fileName = (word: ShellWord | undefined, place: Place): string | undefined =>
  word?.literal ? nameFile(word.text, place) : undefined

function folderAfter(args: readonly ShellWord[], cwd: string | undefined): string | undefined {
  const target = args.find((word) => !/^-[LPe@]+$/.test(word.text) && word.text !== '--')
  return target?.literal ? enterFolder(target.text, cwd) : undefined
}
