import { allCommands } from './commands/all.ts'
import { runProgram } from './run-program.ts'

await runProgram(allCommands)
