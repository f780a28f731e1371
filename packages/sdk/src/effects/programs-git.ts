import { hasOption, type Invoked, operands, type Program } from './arguments.ts'
import { doing, type Effect, effect } from './effect.ts'

/** Subcommands that change the local repository or its working copy, and whether that can be undone. */
const writing: Readonly<Record<string, Effect['reversible']>> = {
  add: 'full',
  am: 'full',
  apply: 'partial',
  checkout: 'partial',
  'cherry-pick': 'full',
  commit: 'full',
  gc: 'none',
  init: 'full',
  merge: 'full',
  mv: 'full',
  rebase: 'partial',
  reset: 'partial',
  restore: 'partial',
  revert: 'full',
  stash: 'partial',
  submodule: 'unknown',
  switch: 'full',
  'update-index': 'full',
  'update-ref': 'partial',
  worktree: 'full',
}

/** Subcommands that only read unless these options or operands are given. */
const listing = (subcommand: string, args: Invoked['args']): boolean => {
  if (subcommand === 'branch' || subcommand === 'tag') {
    return operands(args).length === 0 || hasOption(args, 'l', 'list', 'contains', 'merged')
  }
  if (subcommand === 'remote') return !/^(?:add|remove|rm|rename|set-url|prune)$/.test(operands(args)[0]?.text ?? '')
  if (subcommand === 'config') return hasOption(args, 'l', 'list', 'get', 'get-all') || operands(args).length < 2
  if (subcommand === 'notes' || subcommand === 'reflog') return operands(args).length === 0
  return true
}

const versionControl: Program = ({ name, args, file }) => {
  // `git -C folder -c key=value subcommand …`
  let at = 0
  while (at < args.length && args[at]!.text.startsWith('-')) at += /^-[Cc]$/.test(args[at]!.text) ? 2 : 1
  const subcommand = args[at]?.text ?? ''
  // Elsewhere than here: which file a name means is not known.
  const elsewhere = args.slice(0, at).some(({ text }) => text === '-C')
  const fileHere: Invoked['file'] = elsewhere ? (_word, kind, reversible) => file(undefined, kind, reversible) : file
  return effectsOf(subcommand, args.slice(at + 1), fileHere).map((effect) => doing(`${name} ${subcommand}`, effect))
}

function effectsOf(subcommand: string, rest: Invoked['args'], file: Invoked['file']): Effect[] {
  const words = operands(rest, 'mbBo', ['message', 'author', 'date', 'file', 'branch', 'depth', 'origin'])
  switch (subcommand) {
    case 'push':
      return hasOption(rest, 'n', 'dry-run')
        ? [effect('network', 'repo', remote(words), 'none')]
        : [effect('deploy', 'repo', remote(words), 'partial')]
    case 'fetch':
    case 'pull':
      return [effect('network', 'repo', remote(words), 'none'), effect('write', 'repo', undefined, 'partial')]
    case 'clone':
      return [effect('network', 'repo', remote(words), 'none'), effect('write', 'repo', words[1]?.text, 'full')]
    case 'ls-remote':
      return [effect('network', 'repo', remote(words), 'none')]
    case 'rm':
      return words.map((word) => file(word, 'delete', 'partial'))
    case 'clean':
      return hasOption(rest, 'n', 'dry-run') ? [] : [effect('delete', 'repo', undefined, 'none')]
    default:
      if (Object.hasOwn(writing, subcommand)) {
        if (subcommand === 'stash' && /^(?:list|show)$/.test(words[0]?.text ?? '')) return []
        if (subcommand === 'worktree' && words[0]?.text === 'list') return []
        return [effect('write', 'repo', undefined, writing[subcommand])]
      }
      return listing(subcommand, rest) ? [] : [effect('write', 'repo', undefined, 'partial')]
  }
}

const remote = (words: readonly { text: string; literal: boolean }[]): string | undefined =>
  words
    .slice(0, 2)
    .filter(({ literal }) => literal)
    .map(({ text }) => text)
    .join(' ') || undefined

/** GitHub and GitLab on the command line: what is created there is written, merged or said. */
const forge: Program = ({ name, args }) => {
  const words = operands(args).slice(0, 2)
  return effectsOfForge(args).map((one) => doing([name, ...words.map(({ text }) => text)].join(' '), one))
}

function effectsOfForge(args: Invoked['args']): Effect[] {
  const [topic, verb, ...rest] = operands(args, 'RtbBHFlam', [
    'repo',
    'title',
    'body',
    'body-file',
    'base',
    'head',
    'label',
    'assignee',
    'method',
    'field',
    'jq',
    'json',
    'limit',
  ])
  const target = rest.find(({ literal }) => literal)?.text
  const action = verb?.text ?? ''
  if (topic?.text === 'auth')
    return /^(?:login|refresh|setup-git|token)$/.test(action)
      ? [effect('credential', 'credential', undefined, 'full')]
      : []
  if (topic?.text === 'api') {
    const method = args.findIndex(({ text }) => /^(?:-X|--method)$/.test(text))
    const writes =
      (method >= 0 && args[method + 1]?.text.toUpperCase() !== 'GET') ||
      (method < 0 && hasOption(args, '', 'field', 'raw-field', 'input'))
    return [effect(writes ? 'write' : 'network', 'service', verb?.text, 'unknown')]
  }
  const kinds: Readonly<Record<string, Effect['target_kind']>> = {
    pr: 'pull_request',
    mr: 'pull_request',
    issue: 'ticket',
    repo: 'repo',
    release: 'package',
  }
  const kind = (topic && Object.hasOwn(kinds, topic.text) ? kinds[topic.text] : undefined) ?? 'service'
  if (topic?.text === 'release' && /^(?:create|upload|edit)$/.test(action))
    return [effect('deploy', 'package', target, 'partial')]
  if (action === 'comment' || action === 'review') return [effect('message', kind, target, 'partial')]
  if (
    /^(?:create|new|edit|update|merge|close|reopen|ready|lock|transfer|fork|rename|run|rerun|cancel|set)$/.test(action)
  )
    return [effect('write', kind, target, action === 'merge' ? 'partial' : 'full')]
  if (action === 'delete') return [effect('delete', kind, target, 'none')]
  return [effect('network', kind, target, 'none')]
}

/** Version control. */
export const git: readonly (readonly [string, Program])[] = [
  ['git', versionControl],
  ['gh', forge],
  ['glab', forge],
  ['hg', ({ args }) => (args[0]?.text === 'push' ? [effect('deploy', 'repo', undefined, 'partial')] : [])],
  ['svn', ({ args }) => (args[0]?.text === 'commit' ? [effect('deploy', 'repo', undefined, 'partial')] : [])],
]
