import {
  type Ask,
  acceptedReply,
  alters,
  answers,
  edits,
  isPost,
  isProblem,
  isRead,
  jsonReply,
  type Loose,
  type Memory,
  type Mutant,
  parsed,
  problemReply,
} from './mutant.ts'

const hides = (name: string, part: string): Mutant =>
  alters(
    `loses_id_with_${name}`,
    `does not find ids with ${part} in the path`,
    (ask) => isRead(ask) && ask.path.slice('/api/v1/runs/'.length).includes(part),
    () => problemReply(404, 'run.unknown'),
  )

const stores = (name: string, fault: string, test: (id: string) => boolean): Mutant =>
  alters(
    `stores_id_${name}`,
    fault,
    (ask, { status }) => isPost(ask) && status === 422 && test(String(parsed(ask.body)?.id)),
    (_reply, ask) => acceptedReply(ask),
  )

const STREAM = (ask: Ask): boolean => ask.id === 'stream' && ask.below === ''
const ids: readonly Mutant[] = [
  hides('slash', '%2Fa%2Fb'),
  hides('question_mark', '%3F'),
  hides('percent', '%25'),
  hides('space', '%20'),
  hides('hash', '%23'),
  hides('plus', '%2B'),
  hides('colon', '%3A'),
  hides('letters', '%C3'),
  hides('quotes', '%27'),
  hides('semicolon', '%3B'),
  hides('dots', '%2F..'),
  hides('operation', '%2Fevents'),
  hides('plain_sign', '@'),
  answers(
    'ids_of_64',
    'refuses ids of more than 64 characters',
    (ask) => isPost(ask) && String(parsed(ask.body)?.id).length > 64,
    () => problemReply(422, 'run.id'),
  ),
  stores('too_long', 'stores ids of any length', (id) => id.length > 256),
  stores('dot', 'stores the id "."', (id) => id === '.'),
  stores('dots', 'stores the id ".."', (id) => id === '..'),
  stores('empty', 'stores an empty id', (id) => id === ''),
  stores('control', 'stores ids with control characters', (id) => id.includes('\u0001')),
  stores('line_feed', 'stores ids with line feeds', (id) => id.includes('\n')),
  stores('zero', 'stores ids with U+0000', (id) => id.includes('\u0000')),
  stores('delete', 'stores ids with U+007F', (id) => id.includes('\u007f')),
  answers('stream_hides_run', 'has a route that hides the run called stream', STREAM, () =>
    problemReply(404, 'http.not_found'),
  ),
  answers(
    'stream_to_everybody',
    'streams to everybody who takes anything',
    (ask) => STREAM(ask) && ask.headers.accept === '*/*',
    () => ({
      ...jsonReply(200, {}),
      headers: { 'content-type': 'text/event-stream' },
      body: Buffer.from(': hello\n\n'),
    }),
  ),
]

/** Stores records with one sort of fault. */
const overlooks = (
  code: string,
  pointer: string,
  when: (record: Loose) => boolean = () => true,
  suffix = '',
): Mutant => {
  const place = pointer.replaceAll(/[^a-z]+/g, '_').replace(/^_|_$/g, '') || 'record'
  return alters(
    `overlooks_${code.replace(/\W/g, '_')}_${place}${suffix}`,
    `stores a record in spite of ${code} at ${pointer || 'its root'}`,
    (ask, reply) => isPost(ask) && isProblem(reply, 'record.invalid', { code, pointer }) && when(parsed(ask.body)),
    (_reply, ask) => acceptedReply(ask),
  )
}
const lacks = (member: string) =>
  overlooks('schema.required', '', (record) => record[member] === undefined, `_${member}`)

const validation: readonly Mutant[] = [
  ...['id', 'agent_id', 'status', 'started_at', 'steps', 'cost', 'provenance'].map(lacks),
  overlooks('schema.enum', '/status'),
  overlooks('schema.enum', '/outcome', (record) => record.status === 'completed'),
  overlooks('schema.enum', '/trigger'),
  overlooks('schema.pattern', '/started_at', (record) => record.started_at === 'yesterday', '_word'),
  overlooks('schema.pattern', '/started_at', (record) => record.started_at !== 'yesterday', '_date'),
  overlooks('schema.type', '/started_at'),
  overlooks('time.impossible', '/started_at'),
  overlooks('time.order', '/ended_at'),
  overlooks('schema.type', '/id'),
  overlooks('schema.type', '/agent_id'),
  overlooks('schema.type', '/steps', ({ steps }) => typeof steps === 'string', '_text'),
  overlooks('schema.type', '/steps', ({ steps }) => typeof steps === 'object', '_object'),
  overlooks('schema.enum', '/steps/0/type'),
  overlooks('schema.required', '/steps/0'),
  overlooks('id.duplicate', '/steps/1/id'),
  overlooks('schema.minimum', '/cost/cost_usd'),
  overlooks('schema.type', '/cost/cost_usd'),
  overlooks('schema.type', '/cost/input_tokens'),
  overlooks('schema.minimum', '/cost/input_tokens'),
  overlooks('schema.required', '/cost'),
  overlooks('cost.total', '/cost/total_tokens'),
  overlooks('schema.maximum', '/eval/score'),
  overlooks('schema.type', '/eval/pass'),
  overlooks('schema.type', '/tags'),
  overlooks('schema.required', '/provenance'),
  overlooks('run.ended_at_missing', ''),
  overlooks('effect.not_run', '/steps/0/side_effects/0/basis'),
  overlooks('schema.pattern', '/spec_version'),
  ...[
    ['null', 'null'],
    ['array', '[]'],
    ['text', '"a"'],
    ['number', '7'],
  ].map(([name, text]) =>
    alters(
      `overlooks_record_that_is_${name}`,
      `stores ${text} as a record`,
      (ask, { status }) => isPost(ask) && status === 422 && ask.body.toString() === text,
      (_reply, ask) => acceptedReply(ask),
    ),
  ),
  {
    name: 'keeps_invalid_records',
    fault: 'stores what it has refused as invalid',
    handle: async (ask, forward, memory: Memory) => {
      const reply = await forward(ask)
      if (isPost(ask) && reply.status === 422) memory.set(String(parsed(ask.body)?.id), ask.body)
      const kept = isRead(ask) && reply.status === 404 ? memory.get(ask.id ?? '') : undefined
      return kept === undefined ? reply : { ...jsonReply(200, {}), body: kept }
    },
  },
  alters(
    'faults_without_requirement',
    'does not name the sentence behind a fault',
    (_ask, reply) => isProblem(reply, 'record.invalid'),
    (reply) => {
      const problem = parsed(reply.body)
      for (const error of problem.errors ?? []) delete error.requirement
      return { ...reply, body: Buffer.from(JSON.stringify(problem)) }
    },
  ),
  alters(
    'faults_quote_values',
    'says what stands at the place of a fault',
    (ask, reply) => isPost(ask) && isProblem(reply, 'record.invalid'),
    (reply, ask) => {
      const problem = parsed(reply.body)
      for (const error of problem.errors ?? []) {
        const value = String(error.pointer)
          .split('/')
          .slice(1)
          .reduce((inner: Loose, name) => inner?.[name], parsed(ask.body))
        error.message = `${error.message}: ${JSON.stringify(value)}`
      }
      return { ...reply, body: Buffer.from(JSON.stringify(problem)) }
    },
  ),
]

const refuses = (name: string, fault: string, test: (record: Loose) => boolean): Mutant =>
  answers(
    name,
    fault,
    (ask) => isPost(ask) && test(parsed(ask.body)),
    () => problemReply(422, 'record.invalid'),
  )
const warnings: readonly Mutant[] = [
  refuses(
    'refuses_long_previews',
    'takes the warning of a long preview for an error',
    (record) => record?.steps?.[0]?.output_preview?.length > 2000,
  ),
  refuses(
    'refuses_unregistered_kinds',
    'takes an open vocabulary for a closed one',
    (record) => record?.steps?.[0]?.side_effects?.[0]?.kind === 'teleport',
  ),
  refuses(
    'refuses_unknown_members',
    'refuses members that it does not know',
    (record) => record?.agentVersion !== undefined,
  ),
  refuses(
    'refuses_faults_of_0_1',
    'applies the rules of 1.0 to 0.1',
    (record) => record && record.spec_version === undefined && record.steps?.length === 2,
  ),
  refuses(
    'refuses_quick_start',
    'refuses a completed run of 0.1 without ended_at',
    (record) =>
      record?.provenance?.run_hash === '...' && record.spec_version === undefined && record.ended_at === undefined,
  ),
  refuses('refuses_newer_versions', 'takes no minor version but its own', (record) => record?.spec_version === '1.1'),
  alters(
    'newer_version_unsaid',
    'takes a record of a newer version for one of its own',
    (ask, { status }) => isPost(ask) && status === 201,
    edits((receipt) => {
      const findings = receipt.findings?.filter(({ code }: Loose) => code !== 'version.newer')
      return findings === undefined ? receipt : { ...receipt, findings }
    }),
  ),
  refuses('refuses_nulls_of_0_1', 'takes null for a wrong type', (record) => record?.agent_name === null),
  refuses(
    'refuses_unknown_times',
    'asks for times that nobody knows',
    (record) => record?.started_at === null && record.spec_version === '1.0',
  ),
]

export const recordMutants: readonly Mutant[] = [...ids, ...validation, ...warnings]
