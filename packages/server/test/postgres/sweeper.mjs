// node sweeper.mjs PID FOLDER: waits for the end of a process and then ends what it has started in a folder, so that
// nothing outlives its tests, not even those that were killed: the PostgreSQL whose data are in it, and the processes
// that are listed in its file `pids`. Ends by itself when the folder is gone.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const [owner, folder] = [Number(process.argv[2]), process.argv[3]]

const lives = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const postmaster = () => {
  try {
    return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

while (lives(owner) && existsSync(folder)) await sleep(300)

/** Only if it still is the process that was started: one that works in the folder. */
const killListed = () => {
  const list = join(folder, 'pids')
  for (const line of existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []) {
    const pid = Number(line)
    const commandLine = `/proc/${pid}/cmdline`
    if (pid > 0 && existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(folder))
      process.kill(pid, 'SIGKILL')
  }
}

killListed()
const pid = existsSync(folder) ? postmaster() : undefined
if (pid !== undefined && lives(pid)) {
  process.kill(pid, 'SIGQUIT')
  for (let tries = 0; lives(pid) && tries < 100; tries++) await sleep(50)
}
rmSync(folder, { recursive: true, force: true })
