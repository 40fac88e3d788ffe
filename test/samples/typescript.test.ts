import { runsSamples } from './runs.suite.ts'
import { typeScriptChain } from './tool-chains.ts'

runsSamples(typeScriptChain)
