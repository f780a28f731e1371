import type { Json } from '../../bytes/json.ts'
import { at, type Check, type Compared, must, should } from '../check.ts'
import { named, type RecordView, type Thing } from '../view.ts'

function* duplicate({ steps, decisions, artifacts }: RecordView): Generator<Compared> {
  for (const things of [steps, decisions, artifacts]) {
    const seen = new Set<string>()
    for (const thing of things) {
      const id = thing.text('id')
      if (id === undefined) continue
      yield seen.has(id) ? at(`${thing.path}/id`, 'an id of its own', 'one that stands before') : undefined
      seen.add(id)
    }
  }
}

type Reference = readonly [kind: 'step' | 'artifact' | 'approval' | 'decision', path: string, id: Json | undefined]

function* unresolved(view: RecordView): Generator<Compared> {
  const known = {
    step: view.stepsById,
    artifact: view.artifactsById,
    approval: view.eventsById,
    decision: view.decisionsById,
  }
  for (const [kind, path, id] of references(view)) {
    if (typeof id !== 'string') continue
    yield known[kind].has(id) ? undefined : at(path, `the id of ${PHRASES[kind]} of this record`, 'no such id')
  }
}

const PHRASES = { step: 'a step', artifact: 'an artifact', approval: 'an approval', decision: 'a policy decision' }

/** Every reference inside a run. */
function* references(view: RecordView): Generator<Reference> {
  const one = (kind: Reference[0], thing: Thing, ...names: readonly string[]): readonly Reference[] =>
    names.map((name) => [kind, `${thing.path}/${name}`, thing.value[name]])
  const many = (kind: Reference[0], thing: Thing, name: string): readonly Reference[] =>
    thing.items(name).map((id, index) => [kind, `${thing.path}/${name}/${index}`, id])
  for (const step of view.steps) {
    yield* one('step', step, 'parent_step_id', 'model_call_id', 'retry_of', 'fallback_from')
    yield* many('step', step, 'caused_by')
    yield* many('artifact', step, 'artifact_ids')
    const approval = step.thing('approval')
    if (approval === undefined) continue
    yield* one('approval', approval, 'approval_id')
    yield* one('decision', approval, 'decision_id')
  }
  for (const step of view.steps)
    for (const effect of step.things('side_effects')) yield* one('artifact', effect, 'artifact_id')
  // What a copied grant names belongs to the run that gave it.
  const events = view.approvals.filter((event) => !view.isCopiedGrant(event))
  for (const thing of [...events, ...view.decisions, ...view.artifacts, ...view.run.things('evidence')])
    yield* one('step', thing, 'step_id')
  for (const event of events) yield* one('decision', event, 'decision_id')
}

function* wrongType({ steps, stepsById }: RecordView): Generator<Compared> {
  for (const step of steps) {
    const call = named(stepsById, step.text('model_call_id'))
    if (call === undefined) continue
    const right = call.text('type') === undefined || call.text('type') === 'model_call'
    yield right ? undefined : at(`${step.path}/model_call_id`, 'a step of type model_call', 'one of another type')
  }
}

/** Reported is each link that closes a circle, the links followed in the order of the document. */
function* cycle({ steps, stepsById }: RecordView): Generator<Compared> {
  const done = new Set<string>()
  for (const root of steps) {
    if (done.has(root.path)) continue
    const trail = [{ step: root, rest: links(root, stepsById) }]
    const open = new Set([root.path])
    for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
      const next = last.rest.next()
      if (next.done === true) {
        trail.pop()
        open.delete(last.step.path)
        done.add(last.step.path)
        continue
      }
      const [path, target] = next.value
      const closes = open.has(target.path)
      yield closes ? at(path, 'links that lead back to no step', 'one that closes a circle') : undefined
      if (closes || done.has(target.path)) continue
      open.add(target.path)
      trail.push({ step: target, rest: links(target, stepsById) })
    }
  }
}

function* links(step: Thing, stepsById: ReadonlyMap<string, Thing>): Generator<readonly [string, Thing]> {
  const names: readonly (readonly [string, Json | undefined])[] = [
    ...['parent_step_id', 'retry_of', 'fallback_from'].map((name) => [name, step.value[name]] as const),
    ...step.items('caused_by').map((id, index) => [`caused_by/${index}`, id] as const),
  ]
  for (const [name, id] of names) {
    const target = named(stepsById, typeof id === 'string' ? id : undefined)
    if (target !== undefined) yield [`${step.path}/${name}`, target]
  }
}

function* artifactOfOtherStep({ artifacts, stepsById }: RecordView): Generator<Compared> {
  for (const artifact of artifacts) {
    const listed = named(stepsById, artifact.text('step_id'))?.items('artifact_ids') ?? []
    if (listed.length === 0) continue
    const right = listed.includes(artifact.text('id') ?? null)
    yield right ? undefined : at(`${artifact.path}/step_id`, 'a step that lists the artifact', 'one that lists others')
  }
}

/** Texts as one key; no two lists of texts have the same. */
const keyOf = (...texts: readonly (string | undefined)[]): string => JSON.stringify(texts.map((text) => text ?? null))

function* duplicateTool({ tools }: RecordView): Generator<Compared> {
  const seen = new Set<string>()
  for (const tool of tools) {
    const key = keyOf(tool.text('name'), tool.text('mcp_server'))
    yield seen.has(key) ? at(tool.path, 'each tool of a server once', 'one a second time') : undefined
    seen.add(key)
  }
}

function* toolHash({ steps, tools }: RecordView): Generator<Compared> {
  if (tools.length === 0) return
  const counts = new Map<string, number>()
  for (const tool of tools) {
    const key = keyOf(tool.text('name'), tool.text('mcp_server'), tool.text('schema_hash'))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const step of steps) {
    const [name, hash] = [step.text('tool_name'), step.text('tool_hash')]
    if (name === undefined || hash === undefined) continue
    const count = counts.get(keyOf(name, step.text('mcp_server'), hash)) ?? 0
    yield count === 1
      ? undefined
      : at(`${step.path}/tool_hash`, 'the schema_hash of one tool of that name and server', `${count} such tools`)
  }
}

function* serverMissing({ run, steps }: RecordView): Generator<Compared> {
  const servers = new Set((run.thing('inventory')?.things('mcp_servers') ?? []).map((server) => server.text('name')))
  if (servers.size === 0) return
  for (const step of steps) {
    const server = step.text('mcp_server')
    if (server === undefined) continue
    const right = servers.has(server)
    yield right ? undefined : at(`${step.path}/mcp_server`, 'a server that the inventory lists', 'another one')
  }
}

/** How the parts of a record refer to each other (spec/run.md, spec/step.md). */
export const referenceRules: readonly Check<RecordView>[] = [
  must('id.duplicate', 'AR-RUN-010', 'core', 'Ids of steps, decisions and artifacts are unique.', duplicate),
  must('reference.unresolved', 'AR-RUN-011', 'core', 'A reference inside a run resolves.', unresolved),
  must('reference.type', 'AR-STEP-006', 'core', 'model_call_id names a model call.', wrongType),
  must('reference.cycle', 'AR-STEP-005', 'core', 'Links between steps form no circle.', cycle),
  must('artifact.other_step', 'AR-RUN-017', 'core', 'The step of an artifact lists it.', artifactOfOtherStep),
  must('inventory.duplicate_tool', 'AR-RUN-013', 'core', 'The inventory lists a tool once.', duplicateTool),
  must('inventory.tool_hash', 'AR-RUN-014', 'core', 'tool_hash is that of one tool of the inventory.', toolHash),
  should('inventory.server_missing', 'AR-RUN-019', 'core', 'The inventory lists the servers of steps.', serverMissing),
]
