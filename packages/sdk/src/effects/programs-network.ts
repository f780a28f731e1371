import { hasOption, operands, optionValue, type Program } from './arguments.ts'
import { doing, type Effect, effect } from './effect.ts'
import type { ShellWord } from './shell-reader.ts'

/**
 * An address without what may be secret in it: user, password, query and fragment go, scheme, host and path stay.
 * @returns undefined for what is no address
 */
export function nameAddress(address: string): string | undefined {
  const match = /^(?:([a-z][a-z0-9+.-]{0,20}):\/\/)?(?:[^/?#@\s]*@)?([^/?#\s]+)([^?#\s]*)/i.exec(address)
  if (!match?.[2]) return undefined
  return `${match[1] ? `${match[1].toLowerCase()}://` : ''}${match[2]}${match[3] ?? ''}`.slice(0, 1024)
}

const contact = (word: ShellWord | undefined, kind: Effect['target_kind'] = 'url'): Effect =>
  effect('network', kind, word?.literal ? nameAddress(word.text) : undefined, 'none')

const curl: Program = ({ args, file }) => {
  const valued = 'XdHuoAebFTDwmYyxrCKEQtUzcP'
  const long = [
    'request',
    'data',
    'data-raw',
    'data-binary',
    'data-urlencode',
    'json',
    'header',
    'user',
    'output',
    'user-agent',
    'referer',
    'cookie',
    'form',
    'upload-file',
    'max-time',
    'connect-timeout',
    'retry',
    'retry-delay',
    'proxy',
    'cert',
    'key',
    'cacert',
    'write-out',
    'dump-header',
    'cookie-jar',
    'config',
    'resolve',
    'output-dir',
  ]
  const url = optionValue(args, '', 'url')
  const urls = url ? [url] : operands(args, valued, long)
  const output = optionValue(args, 'o', 'output')
  return [
    ...(urls.length > 0 ? urls.map((word) => contact(word)) : [contact(undefined)]),
    ...(output && !/^(?:-|\/dev\/null)$/.test(output.text) ? [file(output, 'write')] : []),
  ]
}

const wget: Program = ({ args, file }) => {
  const output = optionValue(args, 'O', 'output-document')
  return [
    ...operands(args, 'OPoaUtTwQ', ['output-document', 'directory-prefix', 'header', 'user', 'password']).map((word) =>
      contact(word),
    ),
    ...(output?.text === '-' ? [] : [file(output, 'write')]),
  ]
}

const host: Program = ({ args }) => {
  const word = operands(args, 'BbcDEeFIiJLlmOopQRSWw')[0]
  return [effect('network', 'service', word?.literal ? nameAddress(word.text) : undefined, 'unknown')]
}

/** `host:path` is elsewhere, anything else is here. */
const copy: Program = ({ args, file }) => {
  const words = operands(args, 'BeFfiJlOoPST', ['exclude', 'include', 'rsh', 'filter', 'files-from'])
  const remote = words.filter(({ text }) => /^[^/\\]{2,}:/.test(text) || text.includes('://'))
  const target = words.at(-1)
  return [
    ...remote.map((word) =>
      effect('network', 'service', word.literal ? nameAddress(word.text.split(':')[0] ?? '') : undefined, 'unknown'),
    ),
    ...(target && !remote.includes(target) ? [file(target, 'write')] : []),
  ]
}

/** Package managers: what is fetched from a registry, and what is published to one. */
const packages =
  (installing: RegExp, publishing?: RegExp, login?: RegExp): Program =>
  ({ name, args }) => {
    const words = operands(args, 'rCw', [
      'prefix',
      'workspace',
      'registry',
      'requirement',
      'index-url',
      'tag',
      'cwd',
      'filter',
    ])
    const verb = words[0]?.text ?? ''
    const named = words
      .slice(1)
      .filter(({ literal }) => literal)
      .map(({ text }) => nameAddress(text) ?? '')
      .join(' ')
    if (publishing?.test(verb))
      return hasOption(args, '', 'dry-run')
        ? []
        : [doing(`${name} ${verb}`, effect('deploy', 'package', named, 'partial'))]
    if (login?.test(verb)) return [doing(`${name} ${verb}`, effect('credential', 'credential', undefined, 'full'))]
    return installing.test(verb) ? [doing(`${name} ${verb}`, effect('network', 'package', named, 'unknown'))] : []
  }

const npm = packages(
  /^(?:i|in|install|ci|add|update|up|upgrade|exec|x|dlx|create|init|audit|outdated|view|info)$/,
  /^(?:publish|unpublish|deprecate|dist-tag)$/,
  /^(?:login|adduser|token|logout)$/,
)
const system = packages(
  /^(?:install|update|upgrade|dist-upgrade|full-upgrade|add|remove|purge|uninstall|autoremove|reinstall|tap)$/,
)

/** Programs that contact hosts. */
export const network: readonly (readonly [string, Program])[] = [
  ['curl', curl],
  ['wget', wget],
  ['http', ({ args }) => [contact(operands(args, 'adopA').find(({ text }) => !/^[A-Z]+$/.test(text)))]],
  ['https', ({ args }) => [contact(operands(args, 'adopA').find(({ text }) => !/^[A-Z]+$/.test(text)))]],
  ...['ssh', 'mosh', 'telnet', 'ftp', 'sftp', 'nc', 'ncat', 'ping', 'dig', 'nslookup', 'host', 'traceroute'].map(
    (name): [string, Program] => [name, host],
  ),
  ['scp', copy],
  ['rsync', copy],
  ...['npm', 'pnpm', 'yarn', 'bun'].map((name): [string, Program] => [name, npm]),
  ...['npx', 'bunx', 'uvx', 'pipx'].map((name): [string, Program] => [
    name,
    ({ args }) => [effect('network', 'package', operands(args, 'pc', ['package', 'from'])[0]?.text, 'unknown')],
  ]),
  ...['pip', 'pip3', 'uv', 'poetry', 'pdm', 'conda'].map((name): [string, Program] => [
    name,
    packages(/^(?:install|add|sync|download|update|upgrade|lock|pip)$/, /^publish$/),
  ]),
  ['twine', packages(/^$/, /^upload$/)],
  ['cargo', packages(/^(?:add|install|fetch|update)$/, /^(?:publish|yank)$/, /^login$/)],
  ['gem', packages(/^(?:install|update|fetch)$/, /^(?:push|yank)$/, /^signin$/)],
  ['go', packages(/^(?:get|install|mod)$/)],
  ['mix', packages(/^(?:deps\.get|deps\.update|archive\.install|igniter\.install)$/, /^hex\.publish$/)],
  ['composer', packages(/^(?:install|require|update|create-project)$/)],
  ['dotnet', packages(/^(?:restore|add)$/, /^nuget$/)],
  ...['apt', 'apt-get', 'dnf', 'yum', 'apk', 'brew', 'choco', 'winget', 'port', 'zypper'].map(
    (name): [string, Program] => [name, system],
  ),
  [
    'pacman',
    ({ args }) =>
      hasOption(args, 'S')
        ? [
            effect(
              'network',
              'package',
              operands(args)
                .map(({ text }) => text)
                .join(' '),
              'unknown',
            ),
          ]
        : [],
  ],
]
