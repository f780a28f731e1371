// The rules of ATIF 1.7, as its models state them: what a trajectory must be to be valid. Unknown members are not allowed.

const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined

type Check = (value: unknown, path: string) => string[]

const must =
  (test: (value: unknown) => boolean, what: string): Check =>
  (value, path) =>
    test(value) ? [] : [`${path}: expected ${what}`]

const text = must((value) => typeof value === 'string', 'a text')
const object = must((value) => objectOf(value) !== undefined, 'an object')
const number = must((value) => typeof value === 'number' && Number.isFinite(value), 'a number')
const count = must((value) => Number.isSafeInteger(value), 'a whole number')
const boolean = must((value) => typeof value === 'boolean', 'true or false')
const time = must((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)), 'a time')

const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, `${path}/${index}`))
      : [`${path}: expected a list`]

const shape =
  (required: Record<string, Check>, optional: Record<string, Check>, further: Check = () => []): Check =>
  (value, path) => {
    const json = objectOf(value)
    if (!json) return [`${path}: expected an object`]
    const checks: Record<string, Check> = { ...required, ...optional }
    return [
      ...Object.keys(required)
        .filter((name) => json[name] === undefined)
        .map((name) => `${path}/${name}: missing`),
      ...Object.entries(json).flatMap(([name, member]) =>
        checks[name] ? checks[name](member, `${path}/${name}`) : [`${path}/${name}: not allowed`],
      ),
      ...further(json, path),
    ]
  }

const image = shape(
  { media_type: must((value) => /^image\/(?:jpeg|png|gif|webp)$/.test(String(value)), 'a type of image'), path: text },
  {},
)
const part = shape(
  { type: must((value) => value === 'text' || value === 'image', 'text or image') },
  { text, source: image },
  (value, path) => {
    const { type, text: words, source } = objectOf(value)!
    return (type === 'text') === (typeof words === 'string') && (type === 'image') === (source !== undefined)
      ? []
      : [`${path}: text and source do not fit the type`]
  },
)
const content: Check = (value, path) => (typeof value === 'string' ? [] : listOf(part)(value, path))

const reference = shape(
  {},
  { trajectory_id: text, trajectory_path: text, session_id: text, extra: object },
  (value, path) =>
    (objectOf(value)!.trajectory_id ?? objectOf(value)!.trajectory_path) ? [] : [`${path}: names no trajectory`],
)
const result = shape({}, { source_call_id: text, content, subagent_trajectory_ref: listOf(reference), extra: object })
const call = shape({ tool_call_id: text, function_name: text, arguments: object }, { extra: object })
const metrics = shape(
  {},
  { prompt_tokens: count, completion_tokens: count, cached_tokens: count, cost_usd: number, extra: object },
)

const agentOnly = ['model_name', 'reasoning_effort', 'reasoning_content', 'tool_calls', 'metrics']
const modelOnly = ['metrics', 'reasoning_content', 'model_name', 'reasoning_effort']

const step = shape(
  {
    step_id: count,
    source: must((value) => ['user', 'agent', 'system'].includes(String(value)), 'a source'),
    message: content,
  },
  {
    timestamp: time,
    model_name: text,
    reasoning_effort: must((value) => typeof value === 'string' || typeof value === 'number', 'an effort'),
    reasoning_content: text,
    tool_calls: listOf(call),
    observation: shape({ results: listOf(result) }, {}),
    metrics,
    is_copied_context: boolean,
    llm_call_count: count,
    extra: object,
  },
  (value, path) => {
    const json = objectOf(value)!
    const forbidden = json.source !== 'agent' ? agentOnly : json.llm_call_count === 0 ? modelOnly : []
    const calls = new Set(((json.tool_calls ?? []) as { tool_call_id: string }[]).map((one) => one.tool_call_id))
    const results = ((json.observation as { results?: unknown[] } | undefined)?.results ?? []) as {
      source_call_id?: string
    }[]
    return [
      ...forbidden.filter((name) => json[name] !== undefined).map((name) => `${path}/${name}: not allowed here`),
      ...results
        .filter(({ source_call_id: id }) => id !== undefined && !calls.has(id))
        .map(() => `${path}/observation: names no call of the step`),
      ...(calls.size === ((json.tool_calls as unknown[] | undefined)?.length ?? 0)
        ? []
        : [`${path}/tool_calls: an id twice`]),
    ]
  },
)

const trajectory = shape(
  {
    schema_version: must((value) => value === 'ATIF-v1.7', 'ATIF-v1.7'),
    agent: shape({ name: text, version: text }, { model_name: text, tool_definitions: listOf(object), extra: object }),
    steps: listOf(step),
  },
  {
    session_id: text,
    trajectory_id: text,
    notes: text,
    final_metrics: shape(
      {},
      {
        total_prompt_tokens: count,
        total_completion_tokens: count,
        total_cached_tokens: count,
        total_cost_usd: number,
        total_steps: count,
        extra: object,
      },
    ),
    continued_trajectory_ref: text,
    extra: object,
  },
  (value, path) => {
    const steps = objectOf(value)!.steps as { step_id: number }[]
    return [
      ...(steps.length > 0 ? [] : [`${path}/steps: expected at least one`]),
      ...steps.flatMap(({ step_id }, index) =>
        step_id === index + 1 ? [] : [`${path}/steps/${index}: not numbered in order`],
      ),
    ]
  },
)

/** What keeps a document from being a trajectory of ATIF 1.7. */
export const faultsOfTrajectory = (document: unknown): string[] => trajectory(document, '')
