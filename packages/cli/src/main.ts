import { isatty } from 'node:tty'
import { readHookCall } from './hooking/call.ts'

const hookCall = readHookCall(process.argv)
if (hookCall !== undefined && !isatty(0)) {
  // An agent waits for this one: nothing else is loaded.
  const { answerHook } = await import('./hooking/answer-hook.ts')
  await answerHook(hookCall)
} else {
  const [{ runProgram }, { endWithoutOutput }] = await Promise.all([
    import('./program.ts'),
    import('./terminal/output.ts'),
  ])
  endWithoutOutput()
  await runProgram(process.argv)
}
