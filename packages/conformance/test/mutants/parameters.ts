import { type Ask, alters, isList, isProblem, jsonReply, type Mutant, misreads, problemReply } from './mutant.ts'
import { withQuery } from './query-text.ts'

/** Takes a malformed parameter for an absent one. */
const ignores = (
  name: string,
  fault: string,
  code: string,
  parameter: string,
  test: (value: string, ask: Ask) => boolean = () => true,
): Mutant => ({
  name,
  fault,
  handle: async (ask, forward) => {
    const reply = await forward(ask)
    const values = ask.query.getAll(parameter)
    if (!isProblem(reply, code, { parameter }) || !values.some((value) => test(value, ask))) return reply
    return forward({ ...ask, url: withQuery(ask, (query) => query.delete(parameter)) })
  },
})
const limit = (name: string, value: string): Mutant =>
  ignores(
    `limit_takes_${name}`,
    `takes a limit of "${value}" for none`,
    'query.limit',
    'limit',
    (each, ask) => each === value && ask.query.getAll('limit').length === 1 && isList(ask),
  )
const unknown = (parameter: string): Mutant =>
  ignores(
    `ignores_${parameter.replaceAll(/\W/g, '_')}`,
    `ignores a parameter called ${parameter}`,
    'query.unknown_parameter',
    parameter,
    (_value, ask) => isList(ask),
  )
const malformed = (parameter: string, value: string): Mutant =>
  ignores(
    `ignores_${parameter}_${value.replaceAll(/[^a-zA-Z0-9]/g, '_')}`,
    `ignores ${parameter}=${value}`,
    'query.invalid_value',
    parameter,
    (each) => each === value,
  )

const parameters: readonly Mutant[] = [
  ...[
    ['negative', '-1'],
    ['zero', '0'],
    ['201', '201'],
    ['text', 'abc'],
    ['fraction', '1.5'],
    ['nothing', ''],
    ['exponent', '1e2'],
    ['huge', '99999999999999999999'],
    ['hex', '0x10'],
    ['plus', '+5'],
    ['space', ' 5'],
  ].map(([name, value]) => limit(name!, value!)),
  misreads(
    'limit_ignored',
    'gives pages of its own size',
    (ask) => isList(ask) && ask.query.get('limit') === '1' && !ask.query.has('cursor'),
    (ask) => ({ ...ask, url: withQuery(ask, (query) => query.set('limit', '50')) }),
  ),
  alters(
    'limit_100',
    'takes no more than 100',
    (ask) => isList(ask) && Number(ask.query.get('limit')) > 100,
    () =>
      problemReply(400, 'query.limit', { errors: [{ code: 'query.limit', parameter: 'limit', message: 'too large' }] }),
  ),
  ignores(
    'limit_takes_two',
    'takes one of two limits',
    'query.invalid_value',
    'limit',
    (_value, ask) => ask.query.getAll('limit').length === 2,
  ),
  ignores(
    'steps_limit_takes_zero',
    'takes a limit of 0 for the steps',
    'query.limit',
    'limit',
    (_value, ask) => ask.below === '/steps',
  ),
  ...['nonsense', 'agentid', 'Agent_ID', 'tag[]', 'offset', '__proto__'].map(unknown),
  ignores(
    'ignores_parameters_of_approvals',
    'ignores parameters of the list of approvals',
    'query.unknown_parameter',
    'nonsense',
    (_value, ask) => ask.path.endsWith('/approvals'),
  ),
  ignores(
    'ignores_parameters_of_artifacts',
    'ignores parameters of the list of artifacts',
    'query.unknown_parameter',
    'nonsense',
    (_value, ask) => ask.path.endsWith('/artifacts'),
  ),
  malformed('status', 'done'),
  malformed('outcome', 'great'),
  malformed('since', 'yesterday'),
  malformed('since', '2026-11-20'),
  malformed('until', '2026-02-30T00:00:00Z'),
  malformed('agent_id', 'b'),
  ignores(
    'ignores_status_given_twice',
    'takes one of two equal statuses',
    'query.invalid_value',
    'status',
    (_value, ask) => ask.query.getAll('status').length === 2,
  ),
  malformed('has_error', 'maybe'),
  malformed('level', 'high'),
  malformed('side_effect', 'Write Files'),
  malformed('approval', 'DENIED'),
  malformed('after', 'abc'),
  malformed('by', 'colour'),
  alters(
    'erases_all_without_scope',
    'takes DELETE without scope for everything',
    (ask, { status }) => ask.method === 'DELETE' && status === 400 && !ask.query.has('scope'),
    () => jsonReply(200, {}),
  ),
  alters(
    'erases_all_for_any_scope',
    'takes any scope for everything',
    (ask, { status }) => ask.method === 'DELETE' && status === 400 && ask.query.has('scope'),
    () => jsonReply(200, {}),
  ),
  alters(
    'proves_some_step',
    'proves some step where none is named',
    (ask, { status }) => ask.below === '/proof' && status === 400,
    () => jsonReply(200, {}),
  ),
]

const cursor = (name: string, test: (value: string, ask: Ask) => boolean): Mutant =>
  ignores(
    `cursor_takes_${name}`,
    `begins from the beginning for a cursor that is ${name.replaceAll('_', ' ')}`,
    'query.cursor',
    'cursor',
    test,
  )
const cursors: readonly Mutant[] = [
  cursor('invented', (value) => value === 'abc'),
  cursor('a_number', (value) => value === '1'),
  cursor('empty', (value) => value === ''),
  cursor('of_another_query', (_value, ask) => ask.query.has('status')),
  cursor('longer', (value) => value.endsWith('AAAA')),
  cursor('of_another_run', (_value, ask) => ask.below === '/steps'),
]

/** Parameters and cursors. */
export const parameterMutants: readonly Mutant[] = [...parameters, ...cursors]
