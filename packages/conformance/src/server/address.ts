import { Failure } from '../failure.ts'
import { printable } from '../http/show.ts'

/**
 * The address of a server: http or https, perhaps with a path that goes before those of the protocol.
 * @throws {Failure} for something else
 */
export const readAddress = (text: string | undefined): URL => {
  if (text === undefined || text === '')
    throw new Failure(
      'no server is named; give --url, for example --url http://127.0.0.1:3000, or AGENT_RUN_SERVER_URL',
    )
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Failure(`"${printable(hideUser(text))}" is no address of a server; expected http://HOST or https://HOST`)
  if (url.username !== '' || url.password !== '')
    throw new Failure('a user or password in the address of a server is not sent; give keys instead')
  if (url.search !== '' || url.hash !== '') throw new Failure('the address of a server has neither ? nor #')
  return url
}

const hideUser = (text: string): string => text.replace(/\/\/[^/]*@/, '//…@').slice(0, 200)
