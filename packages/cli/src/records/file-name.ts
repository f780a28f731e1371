/** A file name from an id, which may be anything: no separators, no hidden files, none taken twice in any case. */
export function fileNameFor(id: string, taken: Set<string>): string {
  const base =
    id
      .replace(/[^A-Za-z0-9._-]+/g, '_')
      .replace(/^[.-]+/, '')
      .slice(0, 100) || 'run'
  let name = `${base}.json`
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}-${n}.json`
  taken.add(name.toLowerCase())
  return name
}
