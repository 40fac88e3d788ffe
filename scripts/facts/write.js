// What the extractors of published facts have in common. Plain JavaScript with nothing but Node.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/prepare.js'

/** One line an operation, so that a change of one is a change of one line. */
export function writeFacts(name, { operations, ...about }) {
  const head = JSON.stringify(about, undefined, 2).replace(/\n}$/, '')
  const lines = Object.entries(operations)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([operation, facts]) => `    ${JSON.stringify(operation)}: ${JSON.stringify(facts)}`)
  const file = join(root, 'test', 'facts', `${name}.facts.json`)
  writeFileSync(file, `${head},\n  "operations": {\n${lines.join(',\n')}\n  }\n}\n`)
  console.log(`${file}: ${lines.length} operations`)
}
