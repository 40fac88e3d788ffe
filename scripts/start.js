// `npm start`: install and build what is missing, then run the sandbox in this very process.
import { prepare } from './support/prepare.js'

prepare()
process.argv.splice(2, 0, 'sandbox')
await import('../packages/cli/dist/main.js')
