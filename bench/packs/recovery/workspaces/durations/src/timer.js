import { seconds } from './duration.js'

/** When a timer ends. What is no duration is taken as a name, for timers that somebody else ends. */
export function endOf(text, start = 0) {
  try {
    return start + seconds(text)
  } catch {
    return text
  }
}
