// node scripts/facts/smartag.js <catalogue.json>: the facts of SmartAG that declarations are compared with, out of the
// catalogue of its published pages and official SDKs, without texts and examples.
import { readFileSync } from 'node:fs'
import { writeFacts } from './write.js'

const catalogue = JSON.parse(readFileSync(process.argv[2], 'utf8'))

const kept = ['enum', 'default', 'min', 'max', 'minLength', 'maxLength', 'maxItems']

function paramFacts({ name, type, required, documented, ...more }) {
  const limits = Object.fromEntries(kept.filter((key) => more[key] !== undefined).map((key) => [key, more[key]]))
  return [name, { type, ...(required && { required }), ...(documented || { undocumented: true }), ...limits }]
}

function shapeFacts(fields) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { type, fields: inner }]) => [name, inner ? [type, shapeFacts(inner)] : type]),
  )
}

function operationFacts(one) {
  const { RequestId: _added, ...result } = one.response
  return {
    family: one.family,
    level: one.accessLevelRaw ?? { get: 'Read', list: 'List' }[one.accessLevel ?? one.accessLevelDerived] ?? 'Write',
    access: one.accessLevel ?? one.accessLevelDerived,
    ...(one.accessLevel && { accessPrinted: true }),
    resource: one.ramResource,
    table: one.errorsDocumented,
    params: Object.fromEntries(one.parameters.map(paramFacts)),
    result: shapeFacts(result),
    errors: Object.fromEntries(
      one.errors.map(({ code, httpStatus, message, messageZh }) => [code, [httpStatus, message, messageZh ?? null]]),
    ),
  }
}

const [name, version] = [catalogue.product, catalogue.version]
writeFacts(`${name.toLowerCase()}-${version}`, {
  product: name,
  version,
  sources: ['The API reference of Smart Access Gateway, in English and Chinese', 'The official SDKs of this version'],
  operations: Object.fromEntries(catalogue.operations.map((one) => [one.name, operationFacts(one)])),
})
