import { runsSamples } from './runs.suite.ts'
import { curlChain } from './tool-chains.ts'

runsSamples(curlChain)
