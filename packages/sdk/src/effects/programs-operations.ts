import { hasOption, operands, type Program } from './arguments.ts'
import { doing, type Effect, effect } from './effect.ts'

type Rule = readonly [verb: RegExp, kind: Effect['kind'], reversible: Effect['reversible']]

/**
 * A program of the form `program verb target`: the first rule whose pattern matches the leading operands decides,
 * otherwise the program merely contacts its service.
 */
const verbs =
  (targetKind: Effect['target_kind'], rules: readonly Rule[], otherwise: 'network' | 'nothing' = 'network'): Program =>
  ({ name, args }) => {
    const words = operands(args, 'nfctpk', [
      'namespace',
      'context',
      'filename',
      'region',
      'profile',
      'project',
      'file',
      'var-file',
      'name',
      'tag',
    ])
    const line = words.map(({ text }) => text).join(' ')
    const target = words
      .slice(1)
      .filter(({ literal }) => literal)
      .map(({ text }) => text)
      .join(' ')
    const rule = rules.find(([pattern]) => pattern.test(line))
    if (!rule && (otherwise === 'nothing' || line === '')) return []
    const [, kind, reversible] = !rule || hasOption(args, '', 'dry-run') ? contacting : rule
    return [doing(`${name} ${words[0]?.text ?? ''}`, effect(kind, targetKind, target, reversible))]
  }

/** What a program of this kind does at the least. */
const contacting: Rule = [/^/, 'network', 'none']

const containers = verbs(
  'service',
  [
    [/^(?:push|image push|compose push|buildx build .*--push)/, 'deploy', 'partial'],
    [/^(?:login|logout)/, 'credential', 'full'],
    [/^(?:pull|image pull)/, 'network', 'none'],
    [
      /^(?:rm|rmi|kill|stop|(?:container|image|volume|network|system) (?:rm|prune)|compose (?:down|rm|stop|kill))/,
      'delete',
      'unknown',
    ],
    [
      /^(?:run|start|restart|exec|create|compose (?:up|start|restart|run|exec)|container (?:run|start))/,
      'process',
      'full',
    ],
  ],
  'nothing',
)

const kubernetes = verbs('cloud', [
  [/^delete\b/, 'delete', 'none'],
  [
    /^(?:apply|create|replace|patch|edit|scale|set|rollout (?:restart|undo)|expose|run|label|annotate|drain|cordon|taint)\b/,
    'deploy',
    'partial',
  ],
  [/^(?:exec|cp|port-forward|attach)\b/, 'network', 'unknown'],
])

const terraform = verbs('cloud', [
  [/^destroy\b/, 'delete', 'none'],
  [/^(?:apply|import|state (?:mv|rm|push)|taint|untaint|up)\b/, 'deploy', 'partial'],
  [/^(?:fmt|validate|version|show|output)\b/, 'none', undefined],
])

const cloud = verbs('cloud', [
  [/^(?:configure|auth|login|sso)\b/, 'credential', 'full'],
  [/\b(?:delete|rm|rb|terminate|remove|destroy)(?:-[a-z-]+)?\b/, 'delete', 'none'],
  [/\b(?:deploy|publish|release)\b/, 'deploy', 'partial'],
  [/\b(?:create|update|put|cp|mv|sync|mb|set|start|stop|run|add|import|invoke)(?:-[a-z-]+)?\b/, 'write', 'unknown'],
])

const hosting = verbs('cloud', [
  [/^(?:login|logout|auth)/, 'credential', 'full'],
  [/^(?:whoami|logs|list|ls|status|dev|env ls|inspect|info|apps?$|tail|open)/, 'network', 'none'],
  [/^(?:rm|remove|delete|destroy|apps destroy)/, 'delete', 'none'],
  [/^/, 'deploy', 'partial'],
])

const database: Program = ({ args }) => [effect('other', 'database', operands(args, 'hpUdcefuPn')[0]?.text, 'unknown')]
const credentials: Program = () => [effect('credential', 'credential', undefined, 'unknown')]
const mail: Program = ({ args }) => [
  effect('message', 'person', operands(args, 'srcba').find(({ literal }) => literal)?.text, 'none'),
]

/** Programs that operate something: containers, clusters, clouds, databases, credentials, mail. */
export const operations: readonly (readonly [string, Program])[] = [
  ...['docker', 'podman', 'nerdctl'].map((name): [string, Program] => [name, containers]),
  [
    'docker-compose',
    verbs(
      'service',
      [
        [/^(?:up|start|restart|run|exec)/, 'process', 'full'],
        [/^(?:down|rm|stop|kill)/, 'delete', 'unknown'],
        [/^push/, 'deploy', 'partial'],
      ],
      'nothing',
    ),
  ],
  ...['kubectl', 'oc', 'k'].map((name): [string, Program] => [name, kubernetes]),
  [
    'helm',
    verbs('cloud', [
      [/^(?:install|upgrade|rollback)/, 'deploy', 'partial'],
      [/^(?:uninstall|delete)/, 'delete', 'none'],
    ]),
  ],
  ...['terraform', 'tofu', 'terragrunt', 'pulumi', 'cdk'].map((name): [string, Program] => [name, terraform]),
  ...['aws', 'gcloud', 'az', 'gsutil', 'doctl', 'hcloud', 'oci'].map((name): [string, Program] => [name, cloud]),
  ...[
    'vercel',
    'netlify',
    'fly',
    'flyctl',
    'heroku',
    'wrangler',
    'firebase',
    'serverless',
    'sls',
    'eas',
    'railway',
    'render',
    'cap',
    'dokku',
  ].map((name): [string, Program] => [name, hosting]),
  ['ansible-playbook', () => [effect('deploy', 'service', undefined, 'partial')]],
  ...[
    'psql',
    'mysql',
    'mariadb',
    'sqlite3',
    'mongosh',
    'mongo',
    'redis-cli',
    'duckdb',
    'clickhouse-client',
    'sqlcmd',
  ].map((name): [string, Program] => [name, database]),
  ...['createdb', 'dropdb', 'pg_restore'].map((name): [string, Program] => [
    name,
    ({ args }) => [
      effect(name === 'dropdb' ? 'delete' : 'write', 'database', operands(args, 'hpU')[0]?.text, 'unknown'),
    ],
  ]),
  ...['ssh-keygen', 'ssh-add', 'gpg', 'pass', 'vault', 'op', 'security', 'keyring', 'secret-tool'].map(
    (name): [string, Program] => [name, credentials],
  ),
  ...['mail', 'mailx', 'sendmail', 'mutt', 'swaks'].map((name): [string, Program] => [name, mail]),
]
