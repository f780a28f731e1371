import type { AgentRun, Step } from '@agent-run/types'
import { type Conversion, convertClaudeCode } from '../../src/adapters/claude-code/index.ts'
import type { SourceFile } from '../../src/conversion/index.ts'

/** A line of a transcript before it is written. */
export type Line = Record<string, unknown>

const uuidOf = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

/** Writes transcripts line by line, in the shape of a recent Claude Code, with a clock that goes on one second a line. */
export class TranscriptBuilder {
  readonly lines: Line[] = []
  readonly #shared: Line
  #next: number
  #last: string | null = null

  constructor(shared: Line = {}, firstUuid = 1) {
    this.#shared = {
      isSidechain: false,
      userType: 'external',
      cwd: '/home/ada/shop',
      sessionId: '11111111-2222-4333-8444-555555555555',
      version: '2.1.40',
      gitBranch: 'main',
      ...shared,
    }
    this.#next = firstUuid
  }

  /** UUID of the line written last. */
  get uuid(): string {
    return this.#last ?? ''
  }

  /** Adds a line with the members that all share. */
  add(type: string, members: Line): this {
    const uuid = uuidOf(this.#next)
    const time = new Date(Date.UTC(2026, 10, 20, 14, 0, this.#next)).toISOString()
    this.#next++
    this.lines.push({ parentUuid: this.#last, ...this.#shared, type, uuid, timestamp: time, ...members })
    this.#last = uuid
    return this
  }

  prompt(text: unknown, members: Line = {}): this {
    return this.add('user', { message: { role: 'user', content: text }, ...members })
  }

  answer(
    id: string,
    content: unknown,
    members: { stop?: string | null; usage?: Line; model?: string; line?: Line } = {},
  ): this {
    const usage = members.usage ?? {
      input_tokens: 3,
      cache_creation_input_tokens: 100,
      cache_read_input_tokens: 1000,
      output_tokens: 20,
    }
    const message = {
      id,
      type: 'message',
      role: 'assistant',
      model: members.model ?? 'claude-sonnet-4-5',
      content,
      stop_reason: members.stop ?? null,
      usage,
    }
    return this.add('assistant', { message, requestId: `req_${id}`, ...members.line })
  }

  say(id: string, text: string, stop: string | null = 'end_turn'): this {
    return this.answer(id, [{ type: 'text', text }], { stop })
  }

  use(id: string, call: string, name: string, input: unknown): this {
    return this.answer(id, [{ type: 'tool_use', id: call, name, input }])
  }

  result(call: string | undefined, content: unknown, members: Line = {}, block: Line = {}): this {
    const id = call === undefined ? {} : { tool_use_id: call }
    return this.add('user', {
      message: { role: 'user', content: [{ type: 'tool_result', ...id, content, ...block }] },
      ...members,
    })
  }

  text(): string {
    return this.lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  }

  file(name = 'session.jsonl'): SourceFile {
    return { name, content: this.text() }
  }
}

/** A new transcript. */
export const transcript = (shared: Line = {}, firstUuid = 1): TranscriptBuilder =>
  new TranscriptBuilder(shared, firstUuid)

/** Converts builders, texts and files. */
export const convert = (...sources: readonly (TranscriptBuilder | SourceFile)[]): Promise<Conversion> =>
  convertClaudeCode(sources.map((source) => (source instanceof TranscriptBuilder ? source.file() : source)))

/** Converts and hands back the only run. */
export async function convertOne(source: TranscriptBuilder | SourceFile): Promise<AgentRun> {
  const { runs } = await convert(source)
  if (runs.length !== 1) throw new Error(`expected one run, found ${runs.length}`)
  return runs[0]!
}

/** The steps of a type. */
export const stepsOf = (run: AgentRun, type: Step['type']): Step[] => run.steps.filter((step) => step.type === type)

/** The call of a tool. */
export function callOf(run: AgentRun, id: string): Step {
  const step = run.steps.find((candidate) => candidate.tool_call_id === id)
  if (!step) throw new Error(`no step for call ${id}`)
  return step
}
