/** Lines for people, unless somebody wants them for machines. */
export const log = (line) => console.log(process.env['LOG_FORMAT'] === 'json' ? JSON.stringify({ line }) : line)
