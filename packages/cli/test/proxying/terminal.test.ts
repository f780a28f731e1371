// A person is asked on the terminal that the proxy was started from, while its standard streams belong to the protocol.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { agentRun, bin, folderWith } from '../binary.ts'
import { hostile, noDeletes } from './proxied.ts'

/** Python has what Node lacks: a terminal that a child belongs to. The child plays the client, the parent the person. */
const program = `
import json, os, pty, subprocess, sys
answer, out, command = sys.argv[1], sys.argv[2], sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    proxy = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    def send(**message):
        proxy.stdin.write((json.dumps(dict(jsonrpc='2.0', **message)) + '\\n').encode()); proxy.stdin.flush()
    def answer_to(id):
        while True:
            message = json.loads(proxy.stdout.readline())
            if message.get('id') == id: return message
    send(id=1, method='initialize', params=dict(protocolVersion='2025-11-25', capabilities={}, clientInfo=dict(name='t', version='1')))
    answer_to(1)
    send(method='notifications/initialized')
    send(id=2, method='tools/call', params=dict(name='delete_quietly', arguments=dict(path='a\\u001b[2J.md')))
    result = answer_to(2)
    proxy.stdin.close(); proxy.wait()
    open(out, 'w').write(json.dumps(result)); os._exit(0)
seen, given = b'', False
while True:
    try: chunk = os.read(terminal, 4096)
    except OSError: break
    if not chunk: break
    seen += chunk
    if b'no: ' in seen and not given:
        given = True; os.write(terminal, answer.encode() + b'\\n')
os.waitpid(pid, 0)
sys.stdout.buffer.write(seen)
`

describe.skipIf(!tool('python3') || process.platform === 'win32')('a person at the terminal', () => {
  it.each([
    ['y', 'approved'],
    ['n', 'denied'],
    ['', 'denied'],
  ])('who answers %j', (word, state) => {
    const folder = folderWith({ 'policy.json': noDeletes })
    const command = [process.execPath, bin, 'mcp-proxy', '-q', '--policy', 'policy.json', '--ask', 'terminal']
    const server = ['--', process.execPath, hostile, join(folder, 'received.bin')]
    const out = join(folder, 'answer.json')
    const { stdout, status } = spawnSync(
      'python3',
      ['-c', program, word, out, ...command, '--approver', 'ann', ...server],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    expect(status).toBe(0)
    expect(stdout).toContain('Allow the tool "delete_quietly" of hostile-server?')
    expect(stdout).toContain('why you are asked: somebody has to look')
    expect(stdout).not.toContain('\u001b[2J')
    const { result } = JSON.parse(readFileSync(out, 'utf8')) as { result: { isError?: boolean } }
    expect(result.isError ?? false).toBe(state === 'denied')
    expect(readFileSync(join(folder, 'received.bin'), 'utf8').includes('delete_quietly')).toBe(state === 'approved')
  })

  it('is missed where there is none', async () => {
    const proxied = await agentRun(['mcp-proxy', '--ask', 'terminal', '--', 'true'], { cwd: folderWith() })
    // Where the tests themselves run on a terminal, there is one.
    if (proxied.code === 2) expect(proxied.stderr).toContain('this process has no terminal')
    else expect(proxied.code).toBe(0)
  })
})
