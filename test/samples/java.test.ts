import { runsSamples } from './runs.suite.ts'
import { javaChain } from './tool-chains.ts'

runsSamples(javaChain)
