import { runsSamples } from './runs.suite.ts'
import { pythonChain } from './tool-chains.ts'

runsSamples(pythonChain)
