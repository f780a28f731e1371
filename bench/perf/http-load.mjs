// Load over plain keep-alive sockets: so little of it is the client's that the server is what is measured.
import { connect } from 'node:net'

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** The octets of a POST of a record. */
export const request = (key, record) => {
  const body = Buffer.from(record)
  const head = `POST /api/v1/runs HTTP/1.1\r\nHost: bench\r\nX-API-Key: ${key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body])
}

/** Connections to a server; `send` spreads requests over them and gives the milliseconds until all are answered with 201. */
export const openConnections = async (port, count) => {
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(port)))
  return {
    async send(requests) {
      const start = performance.now()
      await Promise.all(
        connections.map(async (exchange, index) => {
          for (let at = index; at < requests.length; at += connections.length) {
            const status = await exchange(requests[at])
            if (status !== 201) throw new Error(`a POST was answered ${status}`)
          }
        }),
      )
      return performance.now() - start
    },
    close() {
      for (const exchange of connections) exchange.close()
    },
  }
}

const openConnection = (port) =>
  new Promise((opened, refused) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let received = Buffer.alloc(0)
    let waiting
    const exchange = (octets) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(octets)
      })
    exchange.close = () => socket.destroy()
    socket.on('connect', () => opened(exchange))
    socket.on('error', (error) => (waiting ? waiting.reject(error) : refused(error)))
    socket.on('close', () => waiting?.reject(new Error('the server closed the connection')))
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const end = received.indexOf(END_OF_HEAD)
      if (end < 0) return
      const head = received.toString('latin1', 0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      if (received.length < end + END_OF_HEAD.length + length) return
      received = Buffer.alloc(0)
      const { resolve } = waiting
      waiting = undefined
      resolve(Number(head.slice(9, 12)))
    })
  })
