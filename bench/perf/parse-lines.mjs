// The least that any reader of records has to do: split a file into lines and parse each. What E1 is measured by.
// Run as a program of its own: node parse-lines.mjs FILE
import { openSync, readSync } from 'node:fs'

const LF = 0x0a

/** Parses every line of a file, with one buffer for all of it. Returns how many values there were. */
const parseLines = (path) => {
  const file = openSync(path, 'r')
  const buffer = Buffer.allocUnsafeSlow(2 * 1024 * 1024)
  let held = 0
  let values = 0
  for (;;) {
    const read = readSync(file, buffer, held, buffer.length - held, null)
    if (read === 0) return values
    const end = held + read
    let start = 0
    for (let stop = buffer.indexOf(LF); stop !== -1 && stop < end; stop = buffer.indexOf(LF, start)) {
      if (JSON.parse(buffer.toString('utf8', start, stop)) !== null) values++
      start = stop + 1
    }
    buffer.copyWithin(0, start, end)
    held = end - start
  }
}

console.log(parseLines(process.argv[2]))
