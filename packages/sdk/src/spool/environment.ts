/** A variable of the process's environment; undefined where there is no process, or it is empty. */
export const environmentVariable = (name: string): string | undefined => {
  const value = typeof process === 'undefined' ? undefined : process.env?.[name]
  return value === '' ? undefined : value
}
