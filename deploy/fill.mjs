// Fills the placeholders (${NAME}) of the configurations in this folder.
// Usage: node fill.mjs <values.env> <folder for the results> <file>…
// Values are lines NAME=value; what is secret is in them, so the results get the mode 0600.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * @param {string} text
 * @param {Readonly<Record<string, string | number>>} values
 * @throws for a placeholder without a value: an empty one would be a wrong configuration that starts
 */
export function fill(text, values) {
  return text.replace(/\$\{([A-Z][A-Z0-9_]*)\}/g, (_, name) => {
    const value = values[name]
    if (value === undefined) throw new Error(`No value for ${name}.`)
    return String(value)
  })
}

/** @param {string} text */
export function valuesFrom(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=')
      // Not quoted in the error: it may be a secret.
      if (at < 1) throw new Error('A line of the values is not NAME=value.')
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    }),
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [from, to, ...files] = process.argv.slice(2)
  if (from === undefined || to === undefined || files.length === 0) {
    console.error('Usage: node fill.mjs <values.env> <folder for the results> <file>…')
    process.exit(2)
  }
  const values = valuesFrom(readFileSync(from, 'utf8'))
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const file of files) {
    writeFileSync(join(to, basename(file)), fill(readFileSync(file, 'utf8'), values), { mode: 0o600 })
  }
}
