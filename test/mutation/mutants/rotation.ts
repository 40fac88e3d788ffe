import { folder } from '../mutant.ts'
import { commandLine } from './command-line.ts'
import { rotationCommand } from './rotation-command.ts'
import { rotationRules } from './rotation-rules.ts'

/** Rotating the passwords of a fleet: the rules, and the command that follows them. */
export const rotation = folder('rotation', 0.9, 'packages', [...rotationRules, ...rotationCommand, ...commandLine])
