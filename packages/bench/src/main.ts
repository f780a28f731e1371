import { runProgram } from './program.ts'

// A reader that has seen enough, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
// Nor is a terminal that was closed: what is said on the way is then said to nobody.
process.stderr.on('error', () => undefined)
await runProgram(process.argv)
