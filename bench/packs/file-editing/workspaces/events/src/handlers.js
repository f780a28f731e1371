export const onStart = (state) => ({ ...state, running: true })

export const onStop = (state) => ({ ...state, running: false })

export const onPause = (state) => ({ ...state, paused: true })

export const legacyFormat = (state) => `running=${state.running}`

export const describe = (state) => (state.running ? 'running' : 'stopped')
