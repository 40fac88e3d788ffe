import { gatewayCommands } from './commands/of-gateway.ts'
import { runProgram } from './run-program.ts'

/**
 * What the package of a gateway runs: a bundle of its own, so that the files it loads have nothing of other programs. The file of
 * the local console is loaded at its first visit, that of the network with `--network`.
 */
await runProgram(gatewayCommands)
