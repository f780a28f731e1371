import { endWithoutOutput } from './commands/terminal.ts'
import { runProgram } from './program.ts'

endWithoutOutput()
await runProgram(process.argv)
