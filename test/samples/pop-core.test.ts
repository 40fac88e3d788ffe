import { runsSamples } from './runs.suite.ts'
import { popCoreChain } from './tool-chains.ts'

runsSamples(popCoreChain)
