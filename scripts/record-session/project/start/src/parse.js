/** Reads `key = value` lines; a line that starts with # is a comment. */
export function parse(text) {
  const out = {}
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [key, value] = line.split('=')
    out[key.trim()] = value.trim()
  }
  return out
}
