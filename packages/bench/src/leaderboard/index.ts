export { leaderboardOf, type Per, unevenScenarios } from './build-leaderboard.ts'
export { readEntries } from './read-entries.ts'
export { type LeaderboardFormat, leaderboardFormats, renderLeaderboard } from './render.ts'
export { type ServerAccess, serverLeaderboard } from './server-leaderboard.ts'
