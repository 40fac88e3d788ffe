import type { Operation } from '../declare/operation.ts'
import { gatewayErrorPatterns } from '../rpc/gateway-errors.ts'
import { type Meaning, meaningsOf } from './error-meanings.ts'

/**
 * The page `Recommend` points at: what a code means, by operation, in both languages. Undefined for a code that OpenSAG
 * never answers, so that the page tells nothing that is not so.
 *
 * @param missing the parameters that the call left out; names of no parameter are not repeated.
 */
export function errorPage(
  code: string,
  operations: readonly Operation[],
  missing: readonly string[] = [],
): string | undefined {
  const meanings = meaningsAt(code, operations)
  if (meanings.length === 0) return undefined
  return htmlPage(
    code,
    `<h1><code>${escapeHtml(code)}</code></h1>
${lackOf(missing.filter((name) => isParameter(name, operations)))}${meanings.map(section).join('')}
<p lang="en">The same code can have another status, text and cause in another operation.</p>
<p lang="zh">同一错误码在不同操作中的状态码、文本和原因可能不同。</p>
${toIndex}`,
  )
}

function section({ row: [status, en, zh], explanation, operations: names }: Meaning): string {
  const who = names.length === 0 ? '*' : names.map((name) => `<code>${escapeHtml(name)}</code>`).join(', ')
  const rows: readonly (readonly [head: string, en: string, zh: string])[] = [
    ['Message · 错误信息', en, zh],
    ...(explanation === undefined
      ? []
      : ([
          ['Cause · 原因', explanation.en[0], explanation.zh[0]],
          ['What to do · 处理', explanation.en[1], explanation.zh[1]],
        ] as const)),
  ]
  const shown = rows.map(
    ([head, inEnglish, inChinese]) =>
      `<tr><th scope="row">${head}</th><td lang="en">${textOf(inEnglish)}</td><td lang="zh">${textOf(inChinese)}</td></tr>`,
  )
  return `<section><p>HTTP ${status} · ${who}</p><table><tbody>${shown.join('')}</tbody></table></section>`
}

function lackOf(missing: readonly string[]): string {
  if (missing.length === 0) return ''
  const names = missing.map((name) => `<code>${escapeHtml(name)}</code>`).join(', ')
  return `<p lang="en">The call left out these required parameters: ${names}</p><p lang="zh">调用缺少以下必填参数：${names}</p>`
}

const toIndex =
  '<p><a href="/errors"><span lang="en">All error codes</span> · <span lang="zh">全部错误码</span></a></p>'

export function unknownErrorPage(): string {
  return htmlPage(
    'Unknown code',
    `<h1 lang="en">No such error code</h1><p lang="zh">没有这个错误码。</p>
${toIndex}`,
  )
}

function meaningsAt(code: string, operations: readonly Operation[]): readonly Meaning[] {
  // A pattern itself is the code of no answer.
  const meanings = code.includes('{') ? [] : meaningsOf(code, operations)
  if (meanings.length > 0) return meanings
  for (const pattern of Object.keys(gatewayErrorPatterns)) {
    const prefix = pattern.slice(0, pattern.indexOf('{'))
    const name = code.startsWith(prefix) ? code.slice(prefix.length) : ''
    if (!isParameter(name, operations)) continue
    return meaningsOf(pattern, operations).map(({ row: [status, en, zh], ...rest }) => ({
      ...rest,
      row: [status, en.replace('{Name}', name), zh.replace('{Name}', name)],
    }))
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

function isParameter(name: string, operations: readonly Operation[]): boolean {
  if (commonParameters.includes(name)) return true
  return operations.some((operation) => Object.hasOwn(operation.params, name))
}

/** A page of its own, `body` being HTML. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · OpenSAG</title>
<link rel="stylesheet" href="/pages.css"></head><body><main>${body}</main></body></html>
`
}

export const pagesCss = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0}
main{max-width:64rem;margin:0 auto;padding:2rem 1rem;overflow-x:auto}
h1{font-size:1.5rem}
table{border-collapse:collapse;table-layout:fixed;width:100%;min-width:40rem}
th{width:8rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}
code{font-family:ui-monospace,monospace}
`

/** Backquotes mark what is typed or sent, as in the Markdown pages. */
export function textOf(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
