import type { Folder } from './mutant.ts'
import { consoleLogic } from './mutants/console.ts'
import { ram } from './mutants/ram.ts'
import { rotation } from './mutants/rotation.ts'
import { rpc } from './mutants/rpc.ts'
import { store } from './mutants/store.ts'
import { storeEngine } from './mutants/store-engine.ts'

export const folders: readonly Folder[] = [store, storeEngine, ram, rpc, rotation, consoleLogic]
