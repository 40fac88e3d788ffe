// What the bundle leaves out, and how it is written.
import { isBuiltin } from 'node:module'

/**
 * Fastify compiles the schemas of routes with these two and what they import, half a megabyte of code. No route has a schema:
 * what comes in is checked by our own declarations.
 */
const schemaCompilers = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler']
const none = '\0none:'
const refuse = `module.exports = () => () => {
  throw new Error('A route has a schema, and the bundle has no compiler for it: see scripts/support/bundle-plugins.js.')
}`

export const withoutSchemas = {
  name: 'without-schemas',
  resolveId: (id) => (schemaCompilers.includes(id) ? none + id : null),
  load: (id) => (id.startsWith(none) ? { code: refuse, moduleType: 'js' } : null),
}

const ofNode = '\0node:'

/**
 * Modules of Node by `getBuiltinModule`. An `import` of one reads each of its exports, also those that are made when they are
 * read: from Node 22 on `node:http` then loads the whole of undici for its `WebSocket`, a fifth of a start.
 */
export const builtins = {
  name: 'builtins',
  // What the bundler itself needs comes before all.
  resolveId: (id, importer) =>
    isBuiltin(id) && !importer?.startsWith('\0rolldown') ? ofNode + id.replace(/^node:/, '') : null,
  load: (id) =>
    id.startsWith(ofNode)
      ? { code: `module.exports = process.getBuiltinModule('${id.slice(1)}')`, moduleType: 'js' }
      : null,
}

const ofMachine = '\0native:'

/**
 * What is compiled for a machine stays outside, and is taken by `require`: to `import` a CommonJS module Node first searches
 * its text for what it may export, 10 ms of a start.
 */
export const natives = (names) => ({
  name: 'natives',
  resolveId(id, importer) {
    if (!names.includes(id)) return null
    return importer?.startsWith(ofMachine) ? { id, external: true } : ofMachine + id
  },
  load: (id) =>
    id.startsWith(ofMachine)
      ? { code: `module.exports = require('${id.slice(ofMachine.length)}')`, moduleType: 'js' }
      : null,
})

/** V8 keeps a text of ASCII in half the memory of another, and Node reads it in a tenth of the time. */
export const asAscii = {
  name: 'as-ascii',
  renderChunk: (code) => ({ code: code.replace(/[\u0080-\uffff]/g, escaped), map: null }),
}

function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
