import { buildProgram } from '../../scripts/support/prepare.js'

/** Tests that start the program start what is published, made of the sources as they are now. */
export function setup(): void {
  buildProgram()
}
