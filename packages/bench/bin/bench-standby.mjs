// Stands by while a bench run goes on, and ends what it leaves behind if it is killed. On standard input it is told which
// process groups there are (`+123`), which have ended (`-123`), and that all is done (`done`); an end without that word is
// that of the bench.
import { setTimeout as wait } from 'node:timers/promises'

const groups = new Set()
let text = ''
try {
  for await (const part of process.stdin.setEncoding('utf8')) {
    const lines = (text + part).split('\n')
    text = lines.pop()
    for (const line of lines) {
      if (line === 'done') process.exit(0)
      if (line.startsWith('+')) groups.add(Number(line.slice(1)))
      else groups.delete(Number(line.slice(1)))
    }
  }
} catch {
  // A broken pipe is an end as well.
}
for (const group of groups) {
  try {
    process.kill(process.platform === 'win32' ? group : -group, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
const { endLeftovers } = await import('../dist/session/leftovers.js')
// Whose number is still in the list of processes is not known to be dead.
for (let tries = 0; tries < 100; tries++) {
  if ((await endLeftovers(process.argv[2])).length > 0) break
  await wait(100)
}
