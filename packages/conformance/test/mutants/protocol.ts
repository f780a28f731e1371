import {
  type Ask,
  alters,
  answers,
  edits,
  isAt,
  isList,
  isPost,
  isProblem,
  isRead,
  jsonReply,
  type Mutant,
  misreads,
  pageReply,
  parsed,
  problemReply,
  type Reply,
  withHeader,
  withoutHeader,
  withStatus,
} from './mutant.ts'

const isDiscovery = isAt('GET', '/.well-known/agent-run')

const discovery: readonly Mutant[] = [
  answers(
    'discovery_asks_for_key',
    'asks for a key before it says what it is',
    (ask) => isDiscovery(ask) && ask.role === 'none',
    () => problemReply(401, 'key.refused'),
  ),
  alters(
    'discovery_without_limits',
    'leaves the limits out',
    isDiscovery,
    edits((info) => {
      delete info.limits.page
      delete info.limits.line_octets
    }),
  ),
  alters(
    'discovery_renames_core',
    'declares core under another name',
    isDiscovery,
    edits((info) => {
      info.capabilities = info.capabilities.map((each: string) => (each === 'core' ? 'runs' : each))
    }),
  ),
  alters(
    'discovery_own_version',
    'declares the version of its own software',
    isDiscovery,
    edits((info) => {
      info.protocol = ['0.4.2']
    }),
  ),
  alters(
    'discovery_large_page',
    'declares a page that it does not serve',
    isDiscovery,
    edits((info) => {
      info.limits.page = 1000
    }),
  ),
]

const header = (where: string, when: (ask: Ask, reply: Reply) => boolean): Mutant =>
  alters(
    `header_not_on_${where}`,
    `leaves X-Agent-Run-Protocol out of ${where}`,
    when,
    withoutHeader('x-agent-run-protocol'),
  )

const headers: readonly Mutant[] = [
  header('list', (ask, { status }) => isList(ask) && status === 200),
  header('discovery', isDiscovery),
  header('created', (_ask, { status }) => status === 201),
  header('record', (ask, { status }) => isRead(ask) && status === 200),
  header('not_modified', (_ask, { status }) => status === 304),
  header('unknown_run', (_ask, reply) => isProblem(reply, 'run.unknown')),
  header('unknown_path', (_ask, reply) => isProblem(reply, 'http.not_found')),
  header('refused_key', (_ask, { status }) => status === 401),
  header('malformed', (_ask, { status }) => status === 400),
  header('invalid', (_ask, { status }) => status === 422),
  header('method', (_ask, { status }) => status === 405),
  header('too_large', (_ask, { status }) => status === 413),
]

const FAULT: Reply = jsonReply(500, { error: 'Internal Server Error' })
const crashes = (what: string, when: (ask: Ask) => boolean): Mutant =>
  answers(`crashes_on_${what}`, `answers 500 to ${what.replaceAll('_', ' ')}`, when, () => FAULT)
const text = (ask: Ask): string => ask.body.toString('utf8')
const postOf =
  (body: string) =>
  (ask: Ask): boolean =>
    isPost(ask) && text(ask) === body
const postWith =
  (test: (record: Record<string, unknown>) => boolean) =>
  (ask: Ask): boolean => {
    const record = isPost(ask) ? parsed(ask.body) : undefined
    return typeof record === 'object' && record !== null && !Array.isArray(record) && test(record)
  }

const crash: readonly Mutant[] = [
  crashes('text_that_is_no_json', postOf('nope')),
  crashes('null', postOf('null')),
  crashes('an_array', postOf('[]')),
  crashes('a_number', postOf('7')),
  crashes('an_empty_body', postOf('')),
  crashes(
    'a_list_as_agent_id',
    postWith(({ agent_id }) => Array.isArray(agent_id)),
  ),
  crashes(
    'steps_as_text',
    postWith(({ steps }) => typeof steps === 'string'),
  ),
  crashes(
    'a_null_among_steps',
    postWith(({ steps }) => Array.isArray(steps) && steps[0] === null),
  ),
  crashes(
    'a_null_as_cost',
    postWith(({ cost }) => cost === null),
  ),
  crashes(
    'provenance_as_text',
    postWith(({ provenance }) => typeof provenance === 'string'),
  ),
  crashes(
    'an_object_as_tags',
    postWith(({ tags }) => typeof tags === 'object' && tags !== null && !Array.isArray(tags)),
  ),
  alters(
    'crashes_on_a_known_id',
    'answers 500 to a second record under an id',
    (_ask, reply) => isProblem(reply, 'run.exists'),
    () => FAULT,
  ),
  crashes('a_word_as_limit', ({ query }) => query.get('limit') === 'abc'),
  alters(
    'crashes_on_a_cursor',
    'answers 500 to a cursor it cannot read',
    (_ask, reply) => isProblem(reply, 'query.cursor'),
    () => FAULT,
  ),
  crashes('a_broken_percent_encoding', ({ path }) => path.includes('%zz')),
  crashes('a_zero_byte_in_a_path', ({ path }) => path.includes('%00')),
  crashes('a_path_that_is_not_utf8', ({ path }) => path.includes('%ff')),
  alters(
    'crashes_on_a_large_body',
    'answers 500 to a body beyond the limit',
    (_ask, { status }) => status === 413,
    () => FAULT,
  ),
  crashes('deep_brackets', (ask) => isPost(ask) && text(ask).startsWith('[[[[[[[[')),
  crashes(
    'octets_that_are_not_utf8',
    (ask) => isPost(ask) && ask.body.includes(0xff) && !ask.headers['content-encoding'],
  ),
  crashes('what_is_not_gzip', (ask) => ask.headers['content-encoding'] === 'gzip' && ask.body[0] !== 0x1f),
  crashes('signs_in_a_key', ({ headers: { 'x-api-key': key } }) => key?.includes("'") === true),
  crashes('a_malformed_patch', (ask) => ask.method === 'PATCH' && text(ask) === '{'),
  crashes('a_null_as_eval', (ask) => ask.method === 'PUT' && text(ask) === 'null'),
]

const codeOf =
  (code: string) =>
  (_ask: Ask, reply: Reply): boolean =>
    isProblem(reply, code)
const problems: readonly Mutant[] = (
  [
    ['run.unknown', 'unknown_run'],
    ['http.not_found', 'unknown_path'],
    ['key.refused', 'refused_key'],
    ['body.malformed', 'not_json'],
    ['record.invalid', 'invalid_record'],
    ['http.method_not_allowed', 'method'],
    ['body.media_type', 'media_type'],
    ['run.exists', 'conflict'],
    ['query.limit', 'query'],
  ] as const
).flatMap(([code, name]) => [
  alters(
    `problem_as_json_of_${name}`,
    `answers ${code} as application/json`,
    codeOf(code),
    withHeader('content-type', 'application/json'),
  ),
  alters(
    `problem_of_its_own_of_${name}`,
    `answers ${code} with an object without status and type`,
    codeOf(code),
    edits(({ type: _t, status: _s, ...rest }) => rest),
  ),
])

const errors: readonly Mutant[] = [
  ...problems,
  alters(
    'problem_about_blank',
    'says about:blank as the type of every problem',
    (_ask, { status }) => status >= 400,
    edits((problem) => {
      problem.type = 'about:blank'
    }),
  ),
  alters(
    'problem_without_errors',
    'does not list what it found',
    codeOf('record.invalid'),
    edits((problem) => {
      problem.errors = []
    }),
  ),
  alters(
    'page_for_browsers',
    'answers browsers with its page',
    (ask, reply) => isProblem(reply, 'http.not_found') && ask.headers.accept?.includes('text/html') === true,
    () => pageReply(),
  ),
  misreads(
    'path_of_run_swallowed',
    'takes an unknown path below a run for the run',
    ({ below }) => below === '/nothing-is-here',
    (ask) => ({ ...ask, url: ask.path.replace(/\/nothing-is-here$/, '') }),
  ),
  alters(
    'post_to_nowhere',
    'answers 200 to a POST to nowhere',
    (ask, reply) => ask.method === 'POST' && isProblem(reply, 'http.not_found'),
    () => jsonReply(200, {}),
  ),
  alters(
    'method_not_found',
    'answers 404 where a path has not the method',
    (_ask, { status }) => status === 405,
    () => problemReply(404, 'http.not_found'),
  ),
  alters('method_without_allow', 'leaves Allow out', (_ask, { status }) => status === 405, withoutHeader('allow')),
  alters(
    'method_of_list_incomplete',
    'names some methods only',
    (ask, { status }) => ask.path === '/api/v1/runs' && status === 405,
    withHeader('allow', 'GET'),
  ),
  alters(
    'method_of_eval_unknown',
    'answers 404 to another method at an eval',
    (ask, { status }) => ask.below === '/eval' && status === 405,
    withStatus(404),
  ),
]

const health: readonly Mutant[] = [
  answers(
    'health_asks_for_key',
    'asks for a key at /healthz',
    (ask) => ask.path === '/healthz',
    () => problemReply(401, 'key.refused'),
  ),
  answers(
    'never_ready',
    'is never ready',
    (ask) => ask.path === '/readyz',
    () => problemReply(503, 'server.not_ready'),
  ),
  answers(
    'health_as_text',
    'answers OK at /healthz and /readyz',
    (ask) => /^\/(healthz|readyz)$/.test(ask.path),
    () => ({ ...pageReply(), body: Buffer.from('OK') }),
  ),
]

export const protocolMutants: readonly Mutant[] = [...discovery, ...headers, ...crash, ...errors, ...health]
