import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/process.ts'

/** Every file that is a test, or helps tests. */
export function sourcesOfTests(): readonly string[] {
  return [...under(join(root, 'packages')), ...under(join(root, 'test'))]
}

function under(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : under(path)
    const isTest = path.startsWith(join(root, 'test')) ? /\.(ts|mjs)$/ : /\.(test|suite)\.ts$/
    return isTest.test(entry.name) ? [path] : []
  })
}
