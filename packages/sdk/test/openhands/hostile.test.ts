import { describe, expect, it } from 'vitest'
import { openHandsAdapter } from '../../src/adapters/openhands/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { expectSound, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { conversation, examples } from './examples.ts'

const head = (text: string, name = 'x') => readHead(name, new TextEncoder().encode(text))

describe('hostile events', () => {
  isDeterministic(openHandsAdapter, examples)
  standsHostileShapes(openHandsAdapter, examples, 300)
  keepsSecretsOut(
    openHandsAdapter,
    examples,
    /^(?:kind|id|timestamp|source|key|type|role|tool_call_id|action_id|llm_response_id|execution_status|rejection_source)$|^(?:waiting_for_confirmation|running|finished)$/,
  )

  it('events without a turn are an error that says what was expected', async () => {
    const conversion = await openHandsAdapter.convert([{ name: 'x', content: JSON.stringify(conversation[0]) }])
    expectSound(conversion, 'system prompt only')
    expect(conversion.report.findings).toMatchObject([{ code: 'convert.no_turns', severity: 'error' }])
  })

  it('is recognised by its content, and nothing else is', () => {
    expect(openHandsAdapter.recognises(head(examples()[0]!.text))).toBe(true)
    expect(openHandsAdapter.recognises(head(JSON.stringify(conversation[1], null, 2)))).toBe(true)
    expect(openHandsAdapter.recognises(head('{"kind":"scope","uuid":"x","source":"y"}\n'))).toBe(false)
    expect(openHandsAdapter.recognises(head('not json'))).toBe(false)
    const file = head(JSON.stringify(conversation[1]), 'a1/events/event-00001.json')
    expect(openHandsAdapter.groupKeys?.(file)).toEqual(['folder a1/events'])
  })
})
