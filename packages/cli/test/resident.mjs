// Runs the program again and again in one process: what it costs to start and to load is paid once. Each run gets its
// arguments, environment, folder and streams; nothing of the program is replaced but these. Where it would end the
// process, it ends this one.
import { Readable, Writable } from 'node:stream'

const program = new URL('../bin/agent-run.mjs', import.meta.url)
const main = new URL('../dist/main.js', import.meta.url)
let runs = 0

const stand = (name, stream) => Object.defineProperty(process, name, { value: stream, configurable: true })

const gathering = () => {
  const chunks = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString() }
}

/** What keeps a process from ending; the channel to the tests does so always. */
const open = () => process.getActiveResourcesInfo().filter((resource) => resource !== 'PipeWrap').length

process.on('message', async ({ args, cwd, env, input }) => {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.chdir(cwd)
  process.argv = [process.execPath, program.pathname, ...args]
  process.exitCode = undefined
  const [stdout, stderr] = [gathering(), gathering()]
  stand('stdin', Readable.from([Buffer.from(input)], { objectMode: false }))
  stand('stdout', stdout.stream)
  stand('stderr', stderr.stream)
  // Evaluates the program's first module anew; what that imports stays loaded.
  await import(`${main.href}?run=${++runs}`)
  while (open() > 0) await new Promise((resolve) => setTimeout(resolve, 1))
  const code = process.exitCode ?? 0
  process.emit('exit', code)
  process.send({ code, stdout: stdout.text(), stderr: stderr.text() })
})
