// Measures the network (test/network/figures), for `npm run bench`. The one argument is the size as JSON; the figures are the
// last line on standard output.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleProgram } from './support/bundle-program.js'
import { root } from './support/prepare.js'

const folder = join(root, 'node_modules', '.opensag')
const file = join(folder, `figures-${process.pid}.mjs`)
mkdirSync(folder, { recursive: true })
try {
  await bundleProgram(join(root, 'test/network/figures/main.ts'), file)
  await import(pathToFileURL(file).href)
} finally {
  rmSync(file, { force: true })
}
