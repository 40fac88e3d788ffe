import { whatNetworksNeed } from '../lack.ts'
import { measureNetwork, type Size } from './measure.ts'

/** For `npm run bench`: the size as JSON is the one argument, the figures are the last line. */
const lack = whatNetworksNeed()
if (lack !== undefined) throw new Error(`The network cannot be measured here: ${lack}`)
const size = JSON.parse(process.argv[2] ?? '') as Size
console.log(JSON.stringify(await measureNetwork(size, (text) => console.error(text))))
