// `npm start`: install and build what is missing, then run the sandbox in this very process.
import { prepareProgram } from './support/prepare.js'

prepareProgram()
process.argv.splice(2, 0, 'sandbox')
await import('../packages/cli/bin/opensag.js')
