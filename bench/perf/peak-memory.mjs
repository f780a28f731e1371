// For `node --import`: says on stderr, when the program ends, how much memory it took at most, in kilobytes: "peak 71234".
// The kernel's figure for this program alone: `maxRSS` starts with what the parent had when it started the program.
import { readFileSync } from 'node:fs'

process.on('exit', () => process.stderr.write(`\npeak ${peakOfThisProgram() ?? process.resourceUsage().maxRSS}`))

const peakOfThisProgram = () => {
  try {
    return /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  } catch {
    return undefined // not Linux
  }
}
