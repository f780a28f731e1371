// A scripted Claude Code: writes a transcript as the real one does, and calls its hooks with events on standard input.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Members = Record<string, unknown>

/** What a hook answered. */
export interface HookAnswer {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A call of a tool, and what becomes of it. */
export interface ScriptedCall {
  readonly name: string
  readonly input: Members
  readonly output?: string
  /** `asked`: a dialog is shown and a person says yes; `rejected`: says no; `free`: nobody is asked. */
  readonly permission?: 'free' | 'asked' | 'rejected'
  readonly failed?: boolean
}

/** One session. */
export class FakeClaudeCode {
  readonly session: string
  readonly transcript: string
  readonly answers: HookAnswer[] = []
  readonly #command: string
  readonly #cwd: string
  readonly #env: NodeJS.ProcessEnv
  #number = 0
  #last: string | null = null
  #clock: number

  /** @param command the line that stands in the settings, given to a shell as Claude Code gives it */
  constructor(
    folder: string,
    command: string,
    { session = '7b1de8b0-51f5-4a2c-9a56-2f6d3a1c9e01', env = {} as NodeJS.ProcessEnv } = {},
  ) {
    this.session = session
    this.#command = command
    this.#cwd = folder
    this.#env = { PATH: process.env.PATH, HOME: folder, CLAUDE_PROJECT_DIR: folder, ...env }
    const projects = join(folder, 'home of claude', 'projects')
    mkdirSync(projects, { recursive: true })
    this.transcript = join(projects, `${session}.jsonl`)
    writeFileSync(this.transcript, '')
    this.#clock = Date.now()
  }

  /** Calls the hook with an event and waits for it. */
  async hook(event: string, members: Members = {}): Promise<HookAnswer> {
    const answer = await this.raw(
      JSON.stringify({
        session_id: this.session,
        transcript_path: this.transcript,
        cwd: this.#cwd,
        permission_mode: 'default',
        hook_event_name: event,
        ...members,
      }),
    )
    this.answers.push(answer)
    return answer
  }

  /** Calls the hook with any input. */
  async raw(input: string | Buffer): Promise<HookAnswer> {
    const child = spawn('sh', ['-c', this.#command], { cwd: this.#cwd, env: this.#env })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }
  }

  /** Adds a line to the transcript. */
  line(type: string, members: Members): string {
    const uuid = `00000000-0000-4000-8000-${(++this.#number).toString(16).padStart(4, '0')}${this.session.slice(-8)}`
    const timestamp = this.#tick()
    const shared = {
      parentUuid: this.#last,
      isSidechain: false,
      userType: 'external',
      cwd: this.#cwd,
      sessionId: this.session,
      version: '2.1.200',
      gitBranch: 'main',
    }
    const line = { ...shared, type, uuid, timestamp, ...members }
    appendFileSync(this.transcript, `${JSON.stringify(line)}\n`)
    this.#last = uuid
    return uuid
  }

  /** The time, at which nothing else has happened. */
  #tick(): string {
    this.#clock = Math.max(this.#clock + 1, Date.now())
    return new Date(this.#clock).toISOString()
  }

  answer(content: Members[], stop: string): void {
    const id = `msg_${this.#number}_${this.session.slice(-4)}`
    const usage = { input_tokens: 3, cache_creation_input_tokens: 0, cache_read_input_tokens: 100, output_tokens: 20 }
    this.line('assistant', {
      requestId: `req_${id}`,
      message: {
        id,
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-4-5',
        content,
        stop_reason: stop,
        usage,
      },
    })
  }

  /** The person types something. Returns the id of the turn. */
  async prompt(text: string): Promise<string> {
    await this.hook('UserPromptSubmit', { prompt: text })
    return this.line('user', { message: { role: 'user', content: text } })
  }

  /** The agent calls tools, all at once. */
  async call(...calls: readonly ScriptedCall[]): Promise<void> {
    const begun = calls.map((call, index) => ({ call, id: `toolu_${this.#number}_${index}_${this.session.slice(-4)}` }))
    this.answer(
      begun.map(({ call, id }) => ({ type: 'tool_use', id, name: call.name, input: call.input })),
      'tool_use',
    )
    await Promise.all(begun.map(({ call, id }) => this.#callOne(call, id)))
  }

  async #callOne(
    { name, input, output = 'done', permission = 'free', failed = false }: ScriptedCall,
    id: string,
  ): Promise<void> {
    const about = { tool_name: name, tool_input: input, tool_use_id: id }
    const { stdout } = await this.hook('PreToolUse', about)
    const decision = stdout === '' ? undefined : JSON.parse(stdout).hookSpecificOutput
    if (decision?.permissionDecision === 'deny') {
      this.#result(id, `${decision.permissionDecisionReason}`, true, { toolDenialKind: 'hook' })
      return
    }
    if (permission !== 'free' && decision?.permissionDecision !== 'allow')
      await this.hook('PermissionRequest', { tool_name: name, tool_input: input, permission_suggestions: [] })
    if (permission === 'rejected') {
      this.#result(id, "The user doesn't want to proceed with this tool use. The tool use was rejected.", true, {
        toolDenialKind: 'user-rejected',
      })
      return
    }
    const after = failed ? { error: output, is_interrupt: false } : { tool_response: { stdout: output } }
    await this.hook(failed ? 'PostToolUseFailure' : 'PostToolUse', { ...about, ...after })
    this.#result(id, output, failed)
  }

  #result(id: string, content: string, isError: boolean, more: Members = {}): void {
    const result = { type: 'tool_result', tool_use_id: id, content, ...(isError ? { is_error: true } : {}) }
    this.line('user', { message: { role: 'user', content: [result] }, ...more })
  }

  /** The agent hands work to a sub-agent, which has a transcript of its own. */
  async delegate(prompt: string): Promise<void> {
    const id = `toolu_${this.#number}_task_${this.session.slice(-4)}`
    const agentId = `a${this.#number}b2c3`
    const input = { subagent_type: 'reviewer', description: 'Review', prompt }
    this.answer([{ type: 'tool_use', id, name: 'Task', input }], 'tool_use')
    await this.hook('PreToolUse', { tool_name: 'Task', tool_input: input, tool_use_id: id })
    const folder = join(this.transcript.replace(/\.jsonl$/, ''), 'subagents')
    mkdirSync(folder, { recursive: true })
    const at = (): string => this.#tick()
    const shared = { isSidechain: true, agentId, sessionId: this.session, version: '2.1.200', cwd: this.#cwd }
    const first = { ...shared, type: 'user', uuid: `${agentId}-1`, parentUuid: null, timestamp: at() }
    const second = { ...shared, type: 'assistant', uuid: `${agentId}-2`, parentUuid: `${agentId}-1`, timestamp: at() }
    const usage = { input_tokens: 3, output_tokens: 5 }
    const content = [{ type: 'text', text: 'Looks good.' }]
    const message = {
      id: `msg_${agentId}`,
      role: 'assistant',
      model: 'claude-haiku-4-5',
      content,
      stop_reason: 'end_turn',
      usage,
    }
    const lines = [
      { ...first, message: { role: 'user', content: prompt } },
      { ...second, requestId: `req_${agentId}`, message },
    ]
    const path = join(folder, `agent-${agentId}.jsonl`)
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await this.hook('SubagentStop', { agent_id: agentId, agent_type: 'reviewer', agent_transcript_path: path })
    const about = { tool_name: 'Task', tool_input: input, tool_use_id: id }
    await this.hook('PostToolUse', { ...about, tool_response: { status: 'completed', agentId } })
    this.#result(id, 'Looks good.', false, { toolUseResult: { status: 'completed', agentId, prompt } })
  }

  /** The agent has its last word. The real one calls the hooks first and writes afterwards. */
  async stop(text = 'Done.', { writesEnd = true } = {}): Promise<void> {
    await this.hook('Stop', { stop_hook_active: false, last_assistant_message: text })
    this.answer([{ type: 'text', text }], 'end_turn')
    if (writesEnd) this.end()
  }

  /** What newer versions write when a turn is over for good. */
  end(): void {
    this.line('system', { subtype: 'stop_hook_summary', hookCount: 1, hookErrors: [], preventedContinuation: false })
  }
}
