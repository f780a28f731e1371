// A small transcript in the shape of Claude Code, made here: one turn that writes a file and runs a command.

/** The lines of a session; `text` is what the person asks. */
export const transcript = (session: string, text = 'Write the notes, please.'): string => {
  let minute = 0
  const line = (type: string, uuid: string, message: object, more: object = {}): string =>
    JSON.stringify({
      type,
      uuid: `${session}-${uuid}`,
      parentUuid: null,
      sessionId: session,
      timestamp: `2026-11-20T14:0${minute++}:00.000Z`,
      cwd: '/home/dev/widget',
      version: '2.1.38',
      gitBranch: 'main',
      isSidechain: false,
      userType: 'external',
      message,
      ...more,
    })
  const usage = { input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 5, cache_creation_input_tokens: 0 }
  const answer = (uuid: string, content: object[]): string =>
    line(
      'assistant',
      uuid,
      {
        id: `msg-${session}-${uuid}`,
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-4-5',
        content,
        usage,
        stop_reason: 'end_turn',
      },
      { requestId: `req-${session}-${uuid}` },
    )
  const result = (uuid: string, id: string, content: string): string =>
    line('user', uuid, { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content }] })
  return [
    line('user', 'u1', { role: 'user', content: text }),
    answer('a1', [
      {
        type: 'tool_use',
        id: `toolu-${session}-1`,
        name: 'Write',
        input: { file_path: '/home/dev/widget/notes.md', content: 'notes\n' },
      },
    ]),
    result('u2', `toolu-${session}-1`, 'File created successfully at: /home/dev/widget/notes.md'),
    answer('a2', [{ type: 'tool_use', id: `toolu-${session}-2`, name: 'Bash', input: { command: 'npm test' } }]),
    result('u3', `toolu-${session}-2`, 'ok'),
    answer('a3', [{ type: 'text', text: 'The notes are written.' }]),
  ]
    .map((each) => `${each}\n`)
    .join('')
}
