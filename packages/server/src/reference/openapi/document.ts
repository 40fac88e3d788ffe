import { type Api, accessLevelOf, type ErrorTable, type Operation } from '../../declare/index.ts'
import { explanationOf } from '../../explanations/explanations.ts'
import { frontDoorErrors } from '../error-meanings.ts'
import { familyTitles } from '../family-titles.ts'
import type { Language } from '../operation-pages.ts'
import { productTitles } from '../platform-pages.ts'
import { sampleOf } from '../samples.ts'
import { type JsonSchema, parametersSchema, resultSchema } from './schema.ts'

/** What has to be known of the wire and cannot be said in OpenAPI. */
const introduction: Readonly<Record<Language, string>> = {
  en: [
    'An RPC API: every operation is a POST to `/` with its name as `Action`. The part of a path behind `#` only tells the operations apart; it is not sent.',
    'Each request is signed with an access key (V3, `ACS3-HMAC-SHA256`, headers below; or V1, `HMAC-SHA1`, as parameters). OpenAPI has no words for that: use an official client, or sign in front of a generated one.',
    'An item of a list is a parameter of its own, `Name.1`, `Name.2`; a member of one `Name.1.Member`.',
    'With `Format=JSON` answers are as described here, with `Format=XML` they are the same in XML.',
  ].join('\n\n'),
  zh: [
    'RPC 风格的 API：每个操作都是对 `/` 的 POST 请求，操作名由 `Action` 给出。路径中 `#` 之后的部分只用来区分操作，不会发送。',
    '每个请求都要用访问密钥签名（V3：`ACS3-HMAC-SHA256`，使用下列请求头；或 V1：`HMAC-SHA1`，使用参数）。OpenAPI 无法描述签名：请使用官方客户端，或在生成的客户端之前自行签名。',
    '列表的每一项都是单独的参数：`Name.1`、`Name.2`；其成员为 `Name.1.Member`。',
    '`Format=JSON` 时应答如本文所述，`Format=XML` 时内容相同，格式为 XML。',
  ].join('\n\n'),
}

const headers: Readonly<Record<string, JsonSchema>> = {
  'x-acs-action': { type: 'string' },
  'x-acs-version': { type: 'string' },
  'x-acs-date': { type: 'string', format: 'date-time' },
  'x-acs-signature-nonce': { type: 'string' },
  'x-acs-content-sha256': { type: 'string', pattern: '^[0-9a-f]{64}$' },
  'x-acs-security-token': { type: 'string' },
}

/** One API as OpenAPI 3.1: every operation with parameters, answer and the errors it is refused with. */
export function openApiDocument(api: Api, language: Language): JsonSchema {
  const { product, version } = api
  const operations = [...api.operations.values()]
  return {
    openapi: '3.1.1',
    info: {
      title: `OpenSAG: ${productTitles[product][language]} (${product})`,
      version,
      description: introduction[language],
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '{endpoint}', variables: { endpoint: { default: 'http://127.0.0.1:7240' } } }],
    security: [{ signature: [] }],
    tags: tagsOf(operations, language),
    paths: Object.fromEntries(
      operations.map((one) => [`/#Action=${one.name}`, { post: operationOf(one, api, language) }]),
    ),
    components: {
      securitySchemes: {
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…',
        },
      },
      parameters: Object.fromEntries(
        Object.entries(headers).map(([name, schema]) => [name, { name, in: 'header', schema }]),
      ),
      responses: { Refused: refusedAtTheDoor(language) },
    },
  }
}

function tagsOf(operations: readonly Operation[], language: Language): readonly JsonSchema[] {
  const used = [...new Set(operations.map(({ family }) => family))]
  return used.map((name) => {
    const title = familyTitles[name]?.[language]
    return title === undefined ? { name } : { name, description: title }
  })
}

function operationOf(operation: Operation, api: Api, language: Language): JsonSchema {
  const { name, about, family, access, params, result } = operation
  const body = parametersSchema(params, language)
  const sample = sampleOf(operation)
  const answer = resultSchema(result)
  return {
    operationId: name,
    tags: [family],
    summary: about[language],
    'x-ram-action': access.action,
    'x-ram-access-level': accessLevelOf(operation).level,
    parameters: Object.keys(headers).map((header) => ({ $ref: `#/components/parameters/${header}` })),
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: {
            ...body,
            properties: {
              Action: { const: name },
              Version: { const: api.version },
              ...body.properties,
            },
          },
        },
      },
    },
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': {
            schema: {
              ...answer,
              properties: { ...answer.properties, RequestId: { type: 'string' } },
              required: [...(answer.required ?? []), 'RequestId'],
            },
            example: JSON.parse(sample.json),
          },
        },
      },
      ...refusalsOf(operation, language),
      default: { $ref: '#/components/responses/Refused' },
    },
  }
}

/** Its own errors by status, in the order in which they are checked. */
function refusalsOf({ name, errors }: Operation, language: Language): JsonSchema {
  const rows = Object.entries(errors)
  const statuses = [...new Set(rows.map(([, [status]]) => status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const own = Object.fromEntries(rows.filter(([, row]) => row[0] === status))
      return [status, refusal(own, name, { enum: Object.keys(own) }, language)]
    }),
  )
}

function refusedAtTheDoor(language: Language): JsonSchema {
  return refusal(frontDoorErrors, undefined, {}, language)
}

/** @param operation whose errors they are; undefined: of any */
function refusal(rows: ErrorTable, operation: string | undefined, code: JsonSchema, language: Language): JsonSchema {
  const lines = Object.entries(rows).map(([name, [, en, zh]]) => {
    const explained = explanationOf(name, operation)?.[language].join(' ')
    return `- \`${name}\`: ${{ en, zh }[language]}${explained === undefined ? '' : ` (${explained})`}`
  })
  return { description: lines.join('\n'), content: { 'application/json': { schema: refusalSchema(code) } } }
}

function refusalSchema(code: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      RequestId: { type: 'string' },
      HostId: { type: 'string' },
      Code: { type: 'string', ...code },
      Message: { type: 'string' },
      Recommend: { type: 'string' },
    },
    required: ['RequestId', 'HostId', 'Code', 'Message'],
  }
}
