// Generated from codes.json by "node build.js". Do not edit.
export const E10 = "The file does not exist."
export const E11 = "The file is not readable."
export const E20 = "The network is down."
