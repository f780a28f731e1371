import type { Example } from '../conversion/hostile.ts'

const at = (ms: number): string => new Date(Date.UTC(2026, 10, 20, 15, 0, 0, ms)).toISOString()

/** An observation of a trace. */
export const observe = (id: string, type: string, from: number, to: number | null, more: object = {}): object => ({
  id,
  traceId: 'trace-1',
  type,
  name: id,
  level: 'DEFAULT',
  startTime: at(from),
  endTime: to === null ? null : at(to),
  ...more,
})

/** What is encoded as JSON twice. */
const twice = (value: unknown): string => JSON.stringify(JSON.stringify(value))

/** Observations of a run with two agents, a call that nobody observed, and one that failed. */
export const observations = [
  observe('root', 'AGENT', 0, 900, { name: 'desk', input: 'Where is my parcel?', output: 'At the door.' }),
  observe('g1', 'GENERATION', 10, 100, {
    parentObservationId: 'root',
    model: 'gpt-x',
    modelParameters: { temperature: 0.5, max_tokens: 200 },
    completionStartTime: at(40),
    input: twice({
      messages: [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: 'Where is my parcel?' },
      ],
    }),
    output: twice({
      role: 'assistant',
      content: 'I look.',
      tool_calls: [
        { id: 'c1', function: { name: 'track', arguments: '{"id":7}' } },
        { id: 'c2', function: { name: 'note', arguments: '{"text":"asked"}' } },
      ],
    }),
    usageDetails: { input: 20, input_cached_tokens: 80, output: 10, output_reasoning_tokens: 4, total: 110 },
    costDetails: { total: 0.002 },
    internalModelId: 'model-1',
    usagePricingTierName: 'Standard',
  }),
  observe('t1', 'TOOL', 110, 200, {
    name: 'track',
    parentObservationId: 'root',
    input: twice({ id: 7 }),
    output: 'door',
  }),
  observe('sub', 'AGENT', 210, 500, { name: 'courier', parentObservationId: 'root', input: 'Look', output: 'Seen' }),
  observe('g2', 'GENERATION', 220, 300, {
    parentObservationId: 'sub',
    model: 'gpt-x',
    input: [{ role: 'user', content: 'Look' }],
    output: {
      content: [
        { type: 'thinking', thinking: 'Hm' },
        { type: 'text', text: 'Seen' },
      ],
      role: 'assistant',
    },
    usage: { input: 5, output: 3, total: 8, unit: 'TOKENS' },
    calculatedTotalCost: 0.001,
  }),
  observe('t2', 'TOOL', 310, 320, {
    name: 'knock',
    parentObservationId: 'sub',
    level: 'ERROR',
    statusMessage: 'nobody there',
  }),
  observe('g3', 'GENERATION', 600, 800, {
    parentObservationId: 'root',
    model: 'gpt-x',
    input: [
      { role: 'user', content: 'Where is my parcel?' },
      { role: 'assistant', content: 'I look.' },
      { role: 'tool', tool_call_id: 'c2', content: 'noted' },
      { role: 'user', content: 'Hurry, please.' },
    ],
    output: {
      id: 'resp_1',
      output: [
        { type: 'reasoning', summary: [] },
        { type: 'message', content: [{ type: 'output_text', text: 'At the door.' }] },
      ],
      tools: [{ type: 'function', name: 'track', parameters: { type: 'object' } }],
    },
    usageDetails: { input: 0, output: 0, total: 0 },
  }),
  observe('mark', 'EVENT', 850, null, { parentObservationId: 'root', level: 'ERROR', statusMessage: 'late' }),
  observe('step', 'SPAN', 860, 870, { parentObservationId: 'root', input: { a: 1 }, output: 'b' }),
]

/** A trace with its observations beside it, as the interface of Langfuse exports it. */
export const trace = {
  trace: {
    id: 'trace-1',
    name: 'support',
    sessionId: 'chat-9',
    version: '1.2',
    tags: ['prod'],
    environment: 'default',
    userId: 'ada@example.org',
    timestamp: at(0),
    input: null,
    output: null,
    scores: [
      { name: 'helpful', dataType: 'BOOLEAN', value: 1, source: 'ANNOTATION', comment: 'good' },
      { name: 'toxicity', dataType: 'NUMERIC', value: 0.8, source: 'EVAL', observationId: 'g1' },
    ],
  },
  observations,
}

/** Inputs for the tests that every adapter has. */
export const examples = (): Example[] => [{ name: 'rich.trace.json', text: JSON.stringify(trace) }]
