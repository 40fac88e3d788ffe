import { openHarness } from './testing/harness.suite.ts'
import { testKeptTexts, testTexts } from './testing/texts.suite.ts'

testTexts(openHarness)
testKeptTexts(openHarness)
