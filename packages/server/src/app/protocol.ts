/** Version of the protocol, in the header of every answer (AR-HTTP-001). */
export const PROTOCOL = '1.0.0'
/** Name of that header. */
export const PROTOCOL_HEADER = 'x-agent-run-protocol'
