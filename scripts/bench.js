// `npm run bench`: install and build what is missing, then measure.
import { prepare } from './support/prepare.js'

prepare()
await import('../bench/dist/main.js')
