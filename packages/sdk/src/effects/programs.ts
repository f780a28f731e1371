import { hasOption, type Invoked, operands, optionValue, type Program } from './arguments.ts'
import { type Effect, effect } from './effect.ts'
import { git } from './programs-git.ts'
import { network } from './programs-network.ts'
import { operations } from './programs-operations.ts'
import type { ShellWord } from './shell-reader.ts'

const each =
  (kind: Effect['kind'], valued = '', skip = 0): Program =>
  ({ args, file }) =>
    operands(args, valued)
      .slice(skip)
      .map((word) => file(word, kind))

/** The last operand is written: copies and links. */
const lastWritten: Program = ({ args, file }) => {
  const target = optionValue(args, 't', 'target-directory') ?? operands(args, 'tSmog').at(-1)
  return target ? [file(target, 'write')] : []
}

const move: Program = ({ args, file }) => {
  const words = operands(args, 'tS')
  const target = optionValue(args, 't', 'target-directory') ?? words.at(-1)
  return [...words.filter((word) => word !== target).map((word) => file(word, 'delete')), file(target, 'write')]
}

/** Editors in place: `sed -i`, `perl -i`. */
const inPlace: Program = ({ args, file }) => {
  if (!args.some(({ text }) => /^-[A-Za-z]*i/.test(text) || text.startsWith('--in-place'))) return []
  const scripted = args.some(({ text }) => /^-[a-zA-Z]*[ef]$/.test(text))
  return operands(args, 'eflM')
    .slice(scripted ? 0 : 1)
    .map((word) => file(word, 'write'))
}

const find: Program = ({ args, file }) => {
  const first = args.findIndex(({ text }) => /^[-(!]/.test(text))
  const folders = args.slice(0, first < 0 ? args.length : first)
  const action = args.findIndex(({ text }) => /^-(?:exec|execdir|ok|okdir)$/.test(text))
  const deletes =
    args.some(({ text }) => text === '-delete') || /^(?:rm|unlink|shred)$/.test(args[action + 1]?.text ?? '')
  return deletes && (action >= 0 || args.some(({ text }) => text === '-delete'))
    ? folders.map((word) => file(word, 'delete'))
    : []
}

const archive: Program = ({ args, file }) => {
  const mode = args[0]?.text ?? ''
  if (/^-?-?(?:[a-zA-Z]*x|extract|get)/.test(mode)) return [file(optionValue(args, 'C', 'directory') ?? here, 'write')]
  if (!/^-?-?(?:[a-zA-Z]*c|create)/.test(mode)) return []
  const at = args.findIndex(({ text }) => /f$/.test(text) && !text.includes('.'))
  return [file(optionValue(args, '', 'file') ?? args[at + 1], 'write')]
}

/** The current folder, as a word. */
const here: ShellWord = { text: '.', literal: true }

const files: readonly (readonly [string, Program])[] = [
  ['rm', each('delete')],
  ['rmdir', each('delete')],
  ['unlink', each('delete')],
  ['shred', each('delete', 'ns')],
  ['trash', each('delete')],
  ['mv', move],
  ['cp', lastWritten],
  ['install', lastWritten],
  ['ln', lastWritten],
  ['touch', each('write', 'drt')],
  ['mkdir', each('write', 'm')],
  ['mkfifo', each('write', 'm')],
  ['tee', each('write')],
  ['truncate', each('write', 'sr')],
  ['chmod', each('write', '', 1)],
  ['chown', each('write', '', 1)],
  ['chgrp', each('write', '', 1)],
  ['sed', inPlace],
  ['gsed', inPlace],
  ['perl', inPlace],
  ['find', find],
  ['fd', find],
  ['tar', archive],
  ['bsdtar', archive],
  ['unzip', ({ args, file }) => (hasOption(args, 'l') ? [] : [file(optionValue(args, 'd', 'dir') ?? here, 'write')])],
  [
    'zip',
    ({ args, file }) =>
      operands(args)
        .slice(0, 1)
        .map((word) => file(word, 'write')),
  ],
  ['gzip', each('write', 'S')],
  ['gunzip', each('write', 'S')],
  [
    'dd',
    ({ args, file }) =>
      args
        .filter(({ text }) => text.startsWith('of='))
        .map((word) => file({ ...word, text: word.text.slice(3) }, 'write')),
  ],
  ['patch', ({ args, file }) => [file(operands(args, 'piodBDFgrVYz')[0] ?? here, 'write')]],
]

const processes: readonly (readonly [string, Program])[] = [
  ['kill', () => [effect('process', 'process', undefined, 'none')]],
  ['pkill', ({ args }) => [effect('process', 'process', operands(args)[0]?.text, 'none')]],
  ['killall', ({ args }) => [effect('process', 'process', operands(args)[0]?.text, 'none')]],
  ['systemctl', service],
  ['service', service],
  ['launchctl', service],
  ['crontab', ({ args }) => (hasOption(args, 'l') ? [] : [effect('schedule', 'calendar', undefined, 'unknown')])],
  ['at', () => [effect('schedule', 'calendar', undefined, 'unknown')]],
  ['schtasks', () => [effect('schedule', 'calendar', undefined, 'unknown')]],
]

function service({ args }: Invoked): Effect[] {
  const words = operands(args).map(({ text }) => text)
  if (words.length === 0 || /^(?:status|show|list.*|is-.*|cat|print)$/.test(words[0] ?? '')) return []
  return [
    effect(
      'process',
      'service',
      words.find((word) => !/^(?:start|stop|restart|reload|enable|disable|daemon-reload)$/.test(word)),
      'unknown',
    ),
  ]
}

/** The programs whose effects can be read off their arguments, by name. Whatever is not listed is `exec` and no more. */
export const programs: ReadonlyMap<string, Program> = new Map([
  ...files,
  ...processes,
  ...git,
  ...network,
  ...operations,
])
