/** What commands use of the server without running one: they are to start fast, and most of a start is loading modules. */
export { mostAheadMs } from './backup/most-ahead.ts'
export { authorityFile, dataFolderMistake } from './data-folder.ts'
export { exists, makeFolderDurably, syncPath, writeDurably, writeNewDurably } from './durable-files.ts'
export { isLoopback, missingProtection } from './listen-protection.ts'
export { isRegion, regions } from './model/regions.ts'
export {
  answerOfOperator,
  askOperatorSocket,
  OperatorCallFailed,
  operatorSocketIn,
  type TakeChunk,
} from './operator/ask.ts'
export { operatorPath, reachablePath } from './operator/socket-path.ts'
export { publicUrlMistake } from './public-url.ts'
export { tracingAsked } from './tracing/settings.ts'
export { blockMistake } from './trusted-proxies.ts'
export { joined, mistakeIn } from './value-mistakes.ts'
