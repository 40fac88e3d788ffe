import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { operation } from '../apis/operation.ts'
import { apis } from '../apis/registry.ts'
import {
  api,
  boolean,
  booleanField,
  direct,
  ignored,
  integer,
  integerField,
  list,
  long,
  longField,
  objectField,
  objects,
  stringField,
  text,
  wrapped,
} from '../declare/index.ts'
import { clientTypes } from './client-types.ts'
import type { PublishedOperations } from './published-types.ts'

const folder = join(import.meta.dirname, '../../../smartag-client/src/generated')
const facts = join(import.meta.dirname, '../../../../test/facts/smartag-2018-03-13.facts.json')
const published = JSON.parse(readFileSync(facts, 'utf8')) as { readonly operations: PublishedOperations }
const files = clientTypes([...apis.values()], published.operations)

test.each([...files])('the client’s %s is what `npm run docs` writes', (path, content) => {
  expect(readFileSync(join(folder, path), 'utf8')).toBe(content)
})

test('no generated file is left over', () => {
  const found = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  expect(found.sort()).toEqual(files.map(([path]) => path).sort())
})

test('parameters, results and errors of each kind become their types', () => {
  const made = operation({
    name: 'MakeAll',
    family: 'kinds',
    about: { en: 'Has every kind.', zh: '各种类型。' },
    source: 'test',
    access: { action: 'smartag:MakeAll', level: 'Write', resource: '*', dependent: [] },
    transaction: 'write',
    params: {
      Sent: text().required().oneOf('a', "b's").about('Must be sent.', '必填。'),
      Later: integer().requiredInRun('Own.Later'),
      Default: boolean().required().default(true),
      Account: long(),
      Words: list(text().oneOf('x', 'y')),
      Numbers: list(integer()),
      Tag: objects({ Key: text().required(), Value: text() }),
      Left: ignored('string'),
    },
    errors: { 'Own.Later': [400, 'Later.', '稍后。'], Plain: [403, 'Plain.', '普通。'] },
    result: {
      Count: integerField,
      Is: booleanField,
      Whole: objectField({ Id: stringField }),
      Regions: wrapped('Region', { Id: longField }),
      Names: direct(stringField),
    },
    run: async () => ({}),
  })
  const [[path, content] = ['', '']] = clientTypes([api('Smartag', '2018-03-13', [made])], {})
  expect(path).toBe('smartag/kinds.ts')
  expect(content).toContain(`/** Has every kind. */
export type MakeAllParams = {
  /** Must be sent. */
  readonly Sent: 'a' | 'b\\'s'
  readonly Later: number
  readonly Default?: boolean | undefined
  readonly Account?: string | number | undefined
  readonly Words?: readonly ('x' | 'y')[] | undefined
  readonly Numbers?: readonly number[] | undefined
  readonly Tag?: readonly {
    readonly Key: string
    readonly Value?: string | undefined
  }[] | undefined
}
`)
  expect(content).toContain(`export interface MakeAllResult {
  readonly Count?: number
  readonly Is?: boolean
  readonly Whole?: {
    readonly Id?: string
  }
  readonly Regions: { readonly Region: readonly {
    readonly Id?: number
  }[] }
  readonly Names: readonly string[]
  readonly RequestId: string
}
`)
  expect(content).toContain(`export interface MakeAllErrors {
  readonly 'Own.Later': 400
  readonly Plain: 403
}
`)
})

test('every published operation of SmartAG has types, also one that only the cloud answers', () => {
  const texts = new Map(files)
  for (const name of Object.keys(published.operations)) {
    expect(texts.get('products.ts')).toContain(`  ${name}: 'Smartag',\n`)
    expect(texts.get('operations.ts')).toContain(`  readonly ${name}: {`)
  }
})

test('what is published becomes types: what must be sent, values, lists, and answers of which nothing is certain', () => {
  const made = clientTypes([api('Smartag', '2018-03-13', [])], {
    MakeAll: {
      family: 'kinds',
      params: {
        Sent: { type: 'string', required: true, enum: ['a', 'b'] },
        Count: { type: 'integer' },
        Numbers: { type: 'array<integer>' },
        Words: { type: 'array<string>' },
        Tag: { type: 'array<object>' },
        OwnerId: { type: 'long' },
      },
      result: { Total: 'long', Logs: ['object', { Log: ['array<object>', { Ids: 'array<string>', On: 'boolean' }] }] },
      errors: { 'Own.Code': [403, 'No.', null] },
    },
  })
  expect(new Map(made).get('published/kinds.ts')).toContain(`export type MakeAllParams = {
  readonly Sent: 'a' | 'b'
  readonly Count?: number | undefined
  readonly Numbers?: readonly number[] | undefined
  readonly Words?: readonly string[] | undefined
  readonly Tag?: readonly Readonly<Record<string, string | number | boolean | undefined>>[] | undefined
}
`)
  expect(new Map(made).get('published/kinds.ts')).toContain(`export interface MakeAllResult {
  readonly Total?: number
  readonly Logs?: {
    readonly Log?: readonly {
      readonly Ids?: readonly string[]
      readonly On?: boolean
    }[]
  }
  readonly RequestId: string
}

/** Its published error codes and their statuses. */
export interface MakeAllErrors {
  readonly 'Own.Code': 403
}
`)
})
