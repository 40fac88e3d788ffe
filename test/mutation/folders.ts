import type { Folder } from './mutant.ts'
import { agent } from './mutants/agent.ts'
import { channel } from './mutants/channel.ts'
import { consoleLogic } from './mutants/console.ts'
import { health } from './mutants/health.ts'
import { keys } from './mutants/keys.ts'
import { protocol } from './mutants/protocol.ts'
import { ram } from './mutants/ram.ts'
import { rotation } from './mutants/rotation.ts'
import { rpc } from './mutants/rpc.ts'
import { store } from './mutants/store.ts'
import { storeEngine } from './mutants/store-engine.ts'
import { tracing } from './mutants/tracing.ts'

export const folders: readonly Folder[] = [
  channel,
  protocol,
  agent,
  store,
  storeEngine,
  ram,
  keys,
  health,
  rpc,
  rotation,
  consoleLogic,
  tracing,
]
