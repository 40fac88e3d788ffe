// A data folder as this version of the program leaves it, with something in every table, as text.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillSandbox } from './fill-sandbox.js'
import { root } from './prepare.js'

const require = createRequire(join(root, 'packages/server/package.json'))
const keptFiles = ['master.key', 'node.id', 'credentials.json']

/** Rows that say the same as their neighbours. */
const mostRows = { nonce: 5, audit_event: 40, device_event: 40 }

/** Runs a sandbox, fills it through the API and the operator side, and stops it. */
export async function folderOfThisVersion(version) {
  const data = mkdtempSync(join(tmpdir(), 'opensag-stored-'))
  try {
    const sandbox = spawn(process.execPath, [join(root, 'packages/cli/bin/opensag.js'), 'sandbox', '--port', '0'], {
      env: { ...process.env, OPENSAG_DATA: data },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(sandbox, 'close')
    try {
      await printed(sandbox, /is ready/)
      await fillSandbox(data)
    } finally {
      sandbox.kill('SIGTERM')
      await ended
    }
    const files = keptFiles.map((name) => [name, readFileSync(join(data, name)).toString('base64')])
    return { version, files: Object.fromEntries(files), ...contentOf(join(data, 'opensag.db')) }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function printed(child, pattern) {
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    if (!pattern.test(output)) continue
    // Or its next line would find nobody to take it.
    child.stdout.resume()
    return
  }
  throw new Error(`The sandbox ended early:\n${output}`)
}

function contentOf(file) {
  const Database = require('libsql')
  const database = new Database(`file://${file}?mode=ro`)
  const all = (sql) => database.prepare(sql).all()
  const [{ application_id: applicationId }] = all('pragma application_id')
  const made = all(
    "select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by type desc, rowid",
  )
  const names = made.filter(({ type }) => type === 'table').map(({ name }) => name)
  const tables = names.map((name) => {
    const columns = all(`pragma table_info("${name}")`).map((column) => column.name)
    const rows = all(`select * from "${name}" order by rowid desc limit ${mostRows[name] ?? 1000}`).reverse()
    return [name, { columns, rows: rows.map((row) => columns.map((column) => row[column])) }]
  })
  database.close()
  return { applicationId, schema: made.map(({ sql }) => sql), tables: Object.fromEntries(tables) }
}

/** One row a line, so that a person can read a difference. */
export function textOf({ version, files, applicationId, schema, tables }) {
  const lines = (values) => values.map((value) => `\n      ${JSON.stringify(value)}`).join(',')
  const entries = Object.entries(tables).map(
    ([name, { columns, rows }]) =>
      `\n    ${JSON.stringify(name)}: {\n      "columns": ${JSON.stringify(columns)},\n      "rows": [${lines(rows)}]\n    }`,
  )
  return `{
  "version": ${JSON.stringify(version)},
  "applicationId": ${applicationId},
  "files": ${JSON.stringify(files)},
  "schema": [${lines(schema)}],
  "tables": {${entries.join(',')}
  }
}
`
}
