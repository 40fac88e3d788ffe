import type { Operation } from '../declare/operation.ts'
import { codesOf, type Meaning, meaningsOf } from './error-meanings.ts'
import { escapeHtml, htmlPage, textOf } from './error-page.ts'

/** The page of all codes, in both languages; each leads to the page of the code. */
export function errorIndexPage(operations: readonly Operation[]): string {
  const rows = codesOf(operations).map((code) => row(code, meaningsOf(code, operations)))
  return htmlPage(
    'Errors',
    `<h1><span lang="en">Errors</span> · <span lang="zh">错误码</span></h1>
<p lang="en">Every error code of this server. Each leads to its causes and what to do.</p>
<p lang="zh">本服务器的全部错误码。点击错误码查看原因与处理办法。</p>
<table><thead><tr><th scope="col" lang="en">Code</th><th scope="col">HTTP</th><th scope="col" lang="en">Message</th><th scope="col" lang="zh">错误信息</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`,
  )
}

function row(code: string, meanings: readonly Meaning[]): string {
  const statuses = [...new Set(meanings.map(({ row: [status] }) => status))].sort((a, b) => a - b)
  const shown = `<code>${escapeHtml(code)}</code>`
  // A pattern is the code of no answer: the page is that of the code with a parameter's name in it.
  const linked = code.includes('{') ? shown : `<a href="/errors/${encodeURIComponent(code)}">${shown}</a>`
  return `<tr><th scope="row">${linked}</th><td>${statuses.join(', ')}</td>${messages(meanings, 'en')}${messages(meanings, 'zh')}</tr>`
}

function messages(meanings: readonly Meaning[], language: 'en' | 'zh'): string {
  const texts = new Set(meanings.map(({ row: [, en, zh] }) => textOf(language === 'en' ? en : zh)))
  return `<td lang="${language}">${[...texts].join('<br>')}</td>`
}
