// What the bundle leaves out, and how it is written.
import { isBuiltin } from 'node:module'

const fail = (what) =>
  `() => { throw new Error('The bundle was made without ${what}: see scripts/support/bundle-plugins.js.') }`

/**
 * Parts of Fastify that nothing here uses, a third of its code: what is exported in place of each. Tests run the sources, so
 * with the parts; what needs one fails when the bundle is tried (`test/project/published.test.ts`).
 */
const leftOut = {
  // No route has a schema: what comes in is checked by our own declarations.
  '@fastify/ajv-compiler': `() => ${fail('schemas of routes')}`,
  '@fastify/fast-json-stringify-compiler': `() => ${fail('schemas of routes')}`,
  // Requests without a network are for tests.
  'light-my-request': fail('injected requests'),
  // No plugin asks for a version of Fastify.
  semver: `{ satisfies: ${fail('versions of plugins')} }`,
  // The pattern of a route, and those of the router itself, are looked at when tests run the sources.
  'safe-regex2': '() => true',
}
const none = '\0none:'

/** The parts of a package that one of its own files imports: without them the packages that these need are left out too. */
const partsLeftOut = {
  'prom-client/index.js': {
    './lib/summary': fail('summaries'),
    './lib/pushgateway': fail('the client of a push gateway'),
    './lib/cluster': '{}',
    // They watch what nobody asks for: `packages/server/src/health/process-metrics.ts` has what is shown.
    './lib/defaultMetrics': fail('the default metrics of prom-client'),
  },
}

function partOf(id, importer = '') {
  const [, parts] = Object.entries(partsLeftOut).find(([file]) => importer.endsWith(`/node_modules/${file}`)) ?? []
  return parts !== undefined && Object.hasOwn(parts, id)
}

const allLeftOut = Object.assign({}, leftOut, ...Object.values(partsLeftOut))

export const withoutParts = {
  name: 'without-parts',
  resolveId: (id, importer) => (Object.hasOwn(leftOut, id) || partOf(id, importer) ? none + id : null),
  load: (id) =>
    id.startsWith(none) ? { code: `module.exports = ${allLeftOut[id.slice(none.length)]}`, moduleType: 'js' } : null,
}

/**
 * Packages of OpenTelemetry as modules of today, which they have beside CommonJS: of those the bundler leaves out what is not used,
 * three quarters.
 */
export const asModules = {
  name: 'as-modules',
  async resolveId(id, importer, options) {
    if (!/^@opentelemetry\/[\w-]+$/.test(id)) return null
    const found = await this.resolve(id, importer, { ...options, skipSelf: true })
    return found && { ...found, id: found.id.replace(/\/build\/src\/index\.js$/, '/build/esnext/index.js') }
  },
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
