// Records the session in examples/session: a scripted agent really works in a fresh repository, and what
// happens is written down in the shape of a Claude Code transcript.
//   node scripts/record-session/index.mjs [folder]
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { homedir, hostname, tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createAgent } from './agent.mjs'
import { permission, play } from './session.mjs'
import { createTools } from './tools.mjs'
import { createTranscript } from './transcript.mjs'

/**
 * Records one session.
 * @param {string} folder where `<session id>.jsonl` and its folder of sub-agents go; an older recording there is removed
 * @returns {Promise<string>} the session's id
 */
export const recordSession = async (folder) => {
  const sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'record-session-')))
  try {
    const home = join(sandbox, 'home/dev')
    const cwd = join(home, 'tiny-ini')
    const env = environment(home)
    startProject(cwd, env)

    const about = {
      sessionId: randomUUID(),
      cwd,
      branch: () => readFileSync(join(cwd, '.git/HEAD'), 'utf8').trim().replace('ref: refs/heads/', ''),
    }
    const transcript = createTranscript(about)
    const subagents = []
    const { answer } = createAgent({ transcript, tools: createTools({ cwd, env }), permission, about, subagents })
    const turn = async (text, mode, work) => {
      const start = Date.now()
      transcript.user(text, mode)
      await work()
      transcript.turnEnded(Date.now() - start)
    }
    await play({ turn, answer, at: (name) => join(cwd, name) })

    removeRecordings(folder)
    const clean = cleaner(sandbox)
    transcript.write(join(folder, `${about.sessionId}.jsonl`), clean)
    for (const { path, transcript: own } of subagents) own.write(join(folder, about.sessionId, path), clean)
    return about.sessionId
  } finally {
    rmSync(sandbox, { recursive: true, force: true })
  }
}

/** Nothing of the machine's own settings reaches the commands. */
const environment = (home) => ({
  HOME: home,
  PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  NO_COLOR: '1',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Dev',
  GIT_AUTHOR_EMAIL: 'dev@example.org',
  GIT_COMMITTER_NAME: 'Dev',
  GIT_COMMITTER_EMAIL: 'dev@example.org',
  npm_config_update_notifier: 'false',
})

const startProject = (cwd, env) => {
  mkdirSync(dirname(cwd), { recursive: true })
  cpSync(new URL('./project/start', import.meta.url), cwd, { recursive: true })
  for (const command of ['init -q -b main', 'add -A', 'commit -q -m Start']) {
    execFileSync('git', command.split(' '), { cwd, env })
  }
}

/** Takes the sandbox's place out of paths, and refuses to write anything else that names this machine. */
const cleaner = (sandbox) => {
  const secrets = [basename(sandbox), homedir(), process.cwd(), dirname(process.execPath), hostname()].filter(
    (text) => text.length > 4,
  )
  return (line) => {
    const cleaned = line.replaceAll(sandbox, '')
    const leak = secrets.find((text) => cleaned.includes(text))
    if (leak !== undefined) throw new Error('a recorded line names a place of this machine')
    return cleaned
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.jsonl)?$/

const removeRecordings = (folder) => {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (UUID.test(name)) rmSync(join(folder, name), { recursive: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../../examples/session/', import.meta.url))
  console.log(`recorded ${await recordSession(folder)} in ${folder}`)
}
