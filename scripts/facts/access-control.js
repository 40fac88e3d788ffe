// node scripts/facts/access-control.js <git directory of github.com/AlibabaCloudDocs/ram>: the facts of RAM and STS.
// Names and types come from the official SDKs among our dependencies; which parameters are required, and the lists of
// errors, from the API reference as Alibaba Cloud published its sources.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { writeFacts } from './write.js'

const [, , repository] = process.argv
const require = createRequire(import.meta.url)
const git = (...args) =>
  execFileSync('git', ['-c', 'core.quotepath=off', '--git-dir', repository, ...args], { encoding: 'utf8' })
const commit = git('log', '-1', '--format=%H').trim()
const date = git('log', '-1', '--format=%as').trim()
const pages = git('ls-tree', '-r', '--name-only', 'HEAD')
  .split('\n')
  .filter((path) => path.endsWith('.md'))
const read = (path) => git('show', `HEAD:${path}`)

/** Where the pages of one operation are; those of IMS, another API, have some of the same names. */
function pagesOf(operation) {
  return pages.filter((path) => basename(path) === `${operation}.md` && !path.includes('IMS')).map(read)
}

/** Parameter → whether the page says it is required; undefined when the page has no such list. */
function requiredIn(page) {
  const [, section = ''] = /^## (?:请求参数|Request parameters)[^\n]*\n([\s\S]*?)(?=^## )/im.exec(page) ?? []
  const rows = [
    ...section.matchAll(/^\|(\w+)\|[^|\n]*\|(是|否|Yes|No)\|/gm),
    ...section.matchAll(/^\*\*(\w+)\*\*\n\n(?:- +[^\n]*\n){1,2}- +(?:必须|是否必须|Required)[^\n]*?(是|否|Yes|No)/gm),
  ]
  return rows.length === 0 ? undefined : new Map(rows.map(([, name, word]) => [name, /是|Yes/.test(word)]))
}

/** `**Code**`, then status and message, as the lists of errors have it. */
function errorsIn(page) {
  const row = /\*\*([\w.]+)\*\*\s*\n+- +HTTP Status ?[：:] ?(\d+)\s*\n- +Error ?Message ?[：:] ?([^\n]+?) *\n/gi
  return [...page.matchAll(row)].map(([, code, status, message]) => [code, [Number(status), unescaped(message)]])
}

const unescaped = (text) => text.replace(/\\([\\()_[\]{}*~-])/g, '$1').replaceAll(/[“”]/g, '"')

function typeFacts(type) {
  if (typeof type === 'string') return type
  if (Array.isArray(type)) return typeFacts(type[0])
  if (type?.type === 'array') return ['array', typeFacts(type.itemType)]
  const names = type.names()
  return Object.fromEntries(Object.entries(type.types()).map(([own, of]) => [names[own], typeFacts(of)]))
}

function operationFacts(models, operation) {
  const asked = models[`${operation}Request`]
  const answered = models[`${operation}ResponseBody`]
  const all = pagesOf(operation)
    .map(requiredIn)
    .filter((found) => found !== undefined)
  // The newest pages call every parameter optional, also those without which nothing can be done.
  const telling = all.filter((found) => [...found].some(([name, is]) => is && name !== 'Action'))
  const texts = telling.length === 0 ? all : telling
  const params = asked === undefined ? {} : typeFacts(asked)
  const { RequestId: _added, ...result } = typeFacts(answered)
  return {
    params: Object.fromEntries(
      Object.entries(params).map(([name, type]) => {
        const said = new Set(texts.map((found) => found.get(name)).filter((is) => is !== undefined))
        // Where pages contradict one another, or none speaks of it, nothing is published.
        return [name, { type, ...(said.size === 1 && { required: [...said][0] }) }]
      }),
    ),
    result,
  }
}

function product({ name, product, version, sdk, lists }) {
  const models = require(sdk)
  const operations = Object.keys(models)
    .map((key) => /^(\w+)ResponseBody$/.exec(key)?.[1])
    .filter((operation) => operation !== undefined)
  // What the lists of the product lack stands on pages of single operations.
  const single = operations.flatMap((operation) => pagesOf(operation).flatMap(errorsIn))
  const errors = new Map([...single, ...lists.flatMap((path) => errorsIn(read(path)))])
  writeFacts(name, {
    product,
    version,
    sources: [
      `${sdk} ${require(`${sdk}/package.json`).version} on npm: names and types`,
      `github.com/AlibabaCloudDocs/ram, ${commit}, ${date}: required parameters and errors`,
    ],
    errors: Object.fromEntries([...errors].sort(([a], [b]) => (a < b ? -1 : 1))),
    operations: Object.fromEntries(operations.map((operation) => [operation, operationFacts(models, operation)])),
  })
}

product({
  name: 'ram-2015-05-01',
  product: 'Ram',
  version: '2015-05-01',
  sdk: '@alicloud/ram20150501',
  lists: ['cn.zh-CN/API参考/错误代码表.md', 'intl.en-US/API Reference/Error messages.md'],
})
product({
  name: 'sts-2015-04-01',
  product: 'Sts',
  version: '2015-04-01',
  sdk: '@alicloud/sts20150401',
  lists: ['cn.zh-CN/API 参考（STS）/附录/错误代码表.md', 'intl.en-US/API Reference (STS)/Appendix/Error messages.md'],
})
