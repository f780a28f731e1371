/** Whether a path of a workspace is in the folder where a recorder keeps what it writes, unless it is told otherwise: no deed of the agent. */
export const isOfRecorder = (path: string): boolean => path.startsWith('.agent-run/')
