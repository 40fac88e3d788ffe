import type { ErrorRow } from '../declare/errors.ts'
import type { Operation } from '../declare/operation.ts'
import { gatewayErrorPatterns, gatewayErrors } from '../rpc/gateway-errors.ts'

/** Where a code can come from, and what it then says. */
interface Meaning {
  readonly from: string
  readonly row: ErrorRow
}

/**
 * The page `Recommend` points at: what a code means, by operation, in both languages. Undefined for a code that OpenSAG
 * never answers, so that the page tells nothing that is not so.
 */
export function errorPage(code: string, operations: ReadonlyMap<string, Operation>): string | undefined {
  const meanings = meaningsOf(code, operations)
  if (meanings.length === 0) return undefined
  const rows = meanings.map(({ from, row: [status, en, zh] }) => {
    return `<tr><td><code>${escapeHtml(from)}</code></td><td>${status}</td><td lang="en">${escapeHtml(en)}</td><td lang="zh">${escapeHtml(zh)}</td></tr>`
  })
  return page(
    code,
    `<h1><code>${escapeHtml(code)}</code></h1>
<table><thead><tr><th>Operation · 操作</th><th>HTTP</th><th lang="en">Message</th><th lang="zh">错误信息</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>
<p lang="en">The same code can have another status and text in another operation.</p>
<p lang="zh">同一错误码在不同操作中的状态码和文本可能不同。</p>`,
  )
}

export function unknownErrorPage(): string {
  return page('Unknown code', '<h1 lang="en">No such error code</h1><p lang="zh">没有这个错误码。</p>')
}

function meaningsOf(code: string, operations: ReadonlyMap<string, Operation>): readonly Meaning[] {
  const gateway: Readonly<Record<string, ErrorRow>> = gatewayErrors
  const own = Object.hasOwn(gateway, code) ? gateway[code] : undefined
  const meanings: Meaning[] = own === undefined ? [] : [{ from: '*', row: own }]
  for (const operation of operations.values()) {
    const row = Object.hasOwn(operation.errors, code) ? operation.errors[code] : undefined
    if (row !== undefined) meanings.push({ from: operation.name, row })
  }
  if (meanings.length > 0) return meanings
  for (const [pattern, row] of Object.entries(gatewayErrorPatterns)) {
    const prefix = pattern.slice(0, pattern.indexOf('{'))
    const name = code.startsWith(prefix) ? code.slice(prefix.length) : ''
    if (!isParameter(name, operations)) continue
    return [{ from: '*', row: [row[0], row[1].replace('{Name}', name), row[2].replace('{Name}', name)] }]
  }
  return []
}

const commonParameters = [
  'Action',
  'Version',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'Timestamp',
  'SecurityToken',
]

function isParameter(name: string, operations: ReadonlyMap<string, Operation>): boolean {
  if (commonParameters.includes(name)) return true
  return [...operations.values()].some((operation) => Object.hasOwn(operation.params, name))
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · OpenSAG</title>
<link rel="stylesheet" href="/pages.css"></head><body><main>${body}</main></body></html>
`
}

export const pagesCss = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0}
main{max-width:64rem;margin:0 auto;padding:2rem 1rem;overflow-x:auto}
h1{font-size:1.5rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}
code{font-family:ui-monospace,monospace}
`

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
