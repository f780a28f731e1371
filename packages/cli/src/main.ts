import { runProgram } from './program.ts'
import { endQuietlyWithoutReader } from './terminal/output.ts'

endQuietlyWithoutReader()
await runProgram(process.argv)
