// An agent that is traced with OpenTelemetry, and recorded by it: node examples/opentelemetry/agent.mjs
import { pathToFileURL } from 'node:url'
import { createSigner, generateSeed } from '@agent-run/core'
import { createSpanProcessor } from '@agent-run/sdk/opentelemetry'
import { context, SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'

/** A span around some work, as any instrumentation makes it. */
const traced = async (tracer, parent, name, attributes, work) => {
  const span = tracer.startSpan(name, { attributes }, parent ? trace.setSpan(context.active(), parent) : undefined)
  try {
    return await work(span)
  } catch (error) {
    span.recordException(error)
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
    throw error
  } finally {
    span.end()
  }
}

/** The agent knows nothing of records: it makes spans with the names of the GenAI conventions. */
const release = (tracer) =>
  traced(
    tracer,
    undefined,
    'invoke_agent release-bot',
    {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'release-bot',
      'gen_ai.agent.version': '2.3.1',
      'gen_ai.conversation.id': 'conv-1',
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', parts: [{ type: 'text', content: 'Write the notes and publish the beta' }] },
      ]),
    },
    async (agent) => {
      await traced(tracer, agent, 'chat made-up-1', { 'gen_ai.operation.name': 'chat' }, (span) =>
        span.setAttributes({
          'gen_ai.provider.name': 'made-up',
          'gen_ai.request.model': 'made-up-1',
          'gen_ai.response.id': 'answer-1',
          'gen_ai.response.finish_reasons': ['tool_calls'],
          'gen_ai.usage.input_tokens': 120,
          'gen_ai.usage.cache_read.input_tokens': 80,
          'gen_ai.usage.output_tokens': 30,
        }),
      )
      const tool = (name, id, args, work) =>
        traced(
          tracer,
          agent,
          `execute_tool ${name}`,
          {
            'gen_ai.operation.name': 'execute_tool',
            'gen_ai.tool.name': name,
            'gen_ai.tool.call.id': id,
            'gen_ai.tool.call.arguments': JSON.stringify(args),
          },
          work,
        )
      await tool('write_file', 'call-1', { path: 'notes.md' }, (span) =>
        span.setAttribute('gen_ai.tool.call.result', 'written'),
      )
      await tool('Bash', 'call-2', { command: 'npm publish --tag beta' }, () => {
        throw new Error('E403 Forbidden')
      }).catch(() => undefined)
      agent.setAttribute(
        'gen_ai.output.messages',
        JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: 'The registry refused the beta.' }] }]),
      )
    },
  )

/** Runs the agent with a tracer that records. @returns the records */
export async function work(options = {}) {
  const records = []
  const recording = createSpanProcessor({ ...options, onRecord: (record) => records.push(record) })
  const provider = new BasicTracerProvider({ spanProcessors: [recording] })
  await release(provider.getTracer('release-bot'))
  await provider.shutdown()
  return records
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [record] = await work({ signer: createSigner(generateSeed()) })
  process.stdout.write(`${record.status}: ${record.steps.length} steps, sealed by ${record.provenance.signed_by}\n`)
}
