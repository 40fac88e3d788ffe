import { runsSamples } from './runs.suite.ts'
import { goChain } from './tool-chains.ts'

runsSamples(goChain)
