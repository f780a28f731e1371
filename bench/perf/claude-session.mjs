// A Claude Code session that is made up, in the proportions of recorded ones: a third of it progress of hooks, results of
// very different length, a few secrets-like words, one line for each block of an answer.
const session = '3f2a1908-b7c6-4d5e-8f30-213243546ab0'

/**
 * The lines of a session.
 * @param {{random: () => number, turns: number}} shape
 * @returns {string}
 */
export const claudeSession = ({ random, turns }) => {
  const lines = []
  let clock = Date.UTC(2026, 10, 20, 8)
  let count = 0
  let last = null
  const between = (from, to) => from + Math.floor(random() * (to - from + 1))
  const uuid = () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, '0')}`
  const prose = (length) => {
    let text = ''
    while (text.length < length) {
      const list = random() < 0.004 ? tellingWords : words
      text += `${list[Math.floor(random() * list.length)]}${random() < 0.1 ? '\n' : ' '}`
    }
    return text.slice(0, length)
  }
  const add = (type, members) => {
    clock += between(5, 900)
    const id = uuid()
    const shared = {
      parentUuid: last,
      isSidechain: false,
      userType: 'external',
      cwd: '/home/ada/shop',
      sessionId: session,
      version: '2.1.39',
      gitBranch: 'main',
      type,
    }
    lines.push(JSON.stringify({ ...shared, ...members, uuid: id, timestamp: new Date(clock).toISOString() }))
    last = id
  }
  const answer = (id, block, stop = null) =>
    add('assistant', {
      message: {
        id,
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-4-6',
        content: [block],
        stop_reason: stop,
        usage: {
          input_tokens: between(1, 9),
          cache_creation_input_tokens: between(100, 4000),
          cache_read_input_tokens: between(10_000, 150_000),
          output_tokens: between(1, 600),
        },
      },
      requestId: `req_${id}`,
    })
  const hook = (event, tool, call) =>
    add('progress', {
      data: {
        type: 'hook_progress',
        hookEvent: event,
        hookName: `${event}:${tool}`,
        command: '/home/ada/.claude/hooks/notify.sh clear',
      },
      parentToolUseID: call,
      toolUseID: call,
    })
  for (let turn = 0; turn < turns; turn++) {
    add('user', { message: { role: 'user', content: prose(between(20, 2000)) }, permissionMode: 'default' })
    for (let step = between(2, 8); step > 0; step--) {
      const id = `msg_${turn}_${step}`
      const call = `toolu_${turn}_${step}`
      answer(id, { type: 'text', text: prose(between(40, 600)) })
      const tool = tools[Math.floor(random() * tools.length)]
      answer(id, { type: 'tool_use', id: call, name: tool, input: inputOf(tool, prose, between) }, 'tool_use')
      for (let hooks = 0; hooks < 6; hooks++) hook(hooks < 3 ? 'PreToolUse' : 'PostToolUse', tool, call)
      const output = prose(random() < 0.1 ? between(8000, 30_000) : between(20, 3000))
      add('user', {
        message: {
          role: 'user',
          content: [{ tool_use_id: call, type: 'tool_result', content: output, is_error: false }],
        },
        toolUseResult: { stdout: output, stderr: '', interrupted: false, isImage: false },
      })
    }
    answer(`msg_${turn}_0`, { type: 'text', text: prose(between(100, 1500)) }, 'end_turn')
    add('system', { subtype: 'turn_duration', durationMs: between(1000, 90_000), isMeta: false })
  }
  return `${lines.join('\n')}\n`
}

const tools = ['Bash', 'Bash', 'Bash', 'Read', 'Edit', 'Grep', 'Write']
/** Words that secrets stand behind, and that code is full of. */
const tellingWords = ['token', 'key', 'tokens =', 'secret', 'ada@example.org', 'password: string', 'key=']
const words =
  'the of a to run test build file function return const import value error line path class async await state user (see docs) 3 42 0.5 src/cart.ts => { } ; naïve größer 日本'.split(
    ' ',
  )

const inputOf = (tool, prose, between) => {
  const file_path = `/home/ada/shop/src/part-${between(1, 40)}.ts`
  if (tool === 'Bash')
    return {
      command: `cd /home/ada/shop && npm test -- --grep "${between(1, 99)}" 2>&1 | tail -40`,
      description: 'Run tests',
    }
  if (tool === 'Read') return { file_path }
  if (tool === 'Grep') return { pattern: 'TODO', path: '/home/ada/shop/src' }
  if (tool === 'Edit') return { file_path, old_string: prose(between(20, 500)), new_string: prose(between(20, 500)) }
  return { file_path, content: prose(between(200, 5000)) }
}
