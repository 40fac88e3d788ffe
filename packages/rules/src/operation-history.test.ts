import { expect, test } from 'vitest'
import { type HistoryEntry, historySentences } from './operation-history.ts'

const entry: HistoryEntry = {
  access: { resource: ['*', 'smartag/*'], open: [null, 'yes'] },
  params: {
    added: ['Region', 'Tag'],
    required: ['Region'],
    removed: ['Name'],
    changed: {
      Id: { type: ['string', 'integer'], required: ['yes', null] },
      Position: { empty: [null, 'clears'] },
      Description: { empty: [null, 'clears'] },
    },
  },
  errors: { changed: { Bad: { status: ['400', '403'], message: [] } }, reordered: true },
}

test('a change is told in a sentence for each part, what changed alike once', () => {
  expect(historySentences(entry, 'en')).toEqual([
    'Access has changed: resource: `*` → `smartag/*`, now every caller may.',
    'The request parameters have changed: added `Region` (required), `Tag`; removed `Name`; `Id` type: `string` → `integer`, no longer required; `Position`, `Description` sent empty: not given → clears the value.',
    'The error codes have changed: `Bad` HTTP status: `400` → `403`, message changed; checked in another order.',
  ])
})

test('a change is told in Chinese', () => {
  expect(historySentences(entry, 'zh')).toEqual([
    '权限变更：资源：`*` → `smartag/*`、改为任何调用者均可调用。',
    '请求参数变更：新增 `Region`（必填）、`Tag`；删除 `Name`；`Id` 类型：`string` → `integer`、改为选填；`Position`、`Description` 空值：视为未传 → 清除原值。',
    '错误码变更：`Bad` HTTP 状态码：`400` → `403`、英文消息变更；检查顺序变更。',
  ])
})

test('a new operation is told as such', () => {
  expect(historySentences({ added: true, release: 0 }, 'en')).toEqual(['The operation was added.'])
  expect(historySentences({ added: true }, 'zh')).toEqual(['新增操作。'])
})

test('a new field of the answer is told, with what there was not', () => {
  const fields: HistoryEntry = {
    result: { added: ['Items[].Id'] },
    params: { changed: { Id: { range: [null, '1–9'] } } },
  }
  expect(historySentences(fields, 'en')).toEqual([
    'The request parameters have changed: `Id` range: none → `1–9`.',
    'The response structure has changed: added `Items[].Id`.',
  ])
})
