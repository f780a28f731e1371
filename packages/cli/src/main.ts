import { runProgram } from './program.ts'
import { endWithoutOutput } from './terminal/output.ts'

endWithoutOutput()
await runProgram(process.argv)
