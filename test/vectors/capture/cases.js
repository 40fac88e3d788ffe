const chinese = '智能接入网关-上海 测试（一）'
const emoji = '分支🏢 №1 👍🏽'
const special = '*~+ %/=&"\'\n?#:@!$(),;<>[]{}|\\^`-_.'
const lines = 'line1\nline2\r\n\ttab "quoted" \'single\''
const percent = '100%25 %2B %zz a+b%20c'

/** Every official client says each of these, in V1 and, where the client has it, in V3. */
const queries = {
  basic: { tags: ['number'], action: 'DescribeSmartAccessGateways', query: { RegionId: 'cn-shanghai', PageNumber: 1 } },
  'no-params': { tags: ['no-params'], action: 'DescribeRegions', query: {} },
  chinese: { tags: ['chinese'], action: 'ModifySmartAccessGateway', query: { Name: chinese, Description: '描述' } },
  emoji: { tags: ['emoji'], action: 'ModifySmartAccessGateway', query: { Name: emoji } },
  special: { tags: ['special', 'plus'], action: 'ModifySmartAccessGateway', query: { Description: special } },
  newline: { tags: ['newline', 'quotes'], action: 'ModifySmartAccessGateway', query: { Description: lines } },
  percent: { tags: ['percent'], action: 'ModifySmartAccessGateway', query: { Description: percent } },
  empty: { tags: ['empty', 'boolean'], action: 'ModifySmartAccessGateway', query: { Name: '', AutoPay: false } },
  list: {
    tags: ['list', 'sort-order'],
    action: 'DescribeSmartAccessGateways',
    query: { SmartAGIds: Array.from({ length: 12 }, (_, index) => `sag-${index}`), 'A-b': '1', A_b: '2', Ab: '3' },
  },
  'object-list': {
    tags: ['list', 'object-list', 'chinese'],
    action: 'ModifySmartAccessGateway',
    query: {
      Tag: [
        { Key: 'env', Value: 'prod' },
        { Key: '部门', Value: '' },
      ],
    },
  },
  'odd-names': {
    tags: ['encoded-key', 'chinese'],
    action: 'DescribeRegions',
    query: { 'Map.#3#a b': 'x', '名*': 'y' },
  },
}

const forms = {
  form: {
    tags: ['query+form', 'chinese', 'special'],
    query: { RegionId: 'cn-shanghai' },
    form: { Name: chinese, D: special },
  },
  'form-empty': { tags: ['form', 'empty'], query: { RegionId: 'cn-shanghai' }, form: { Name: '' } },
}

const pick = (from, ...names) => Object.entries(from).filter(([name]) => names.length === 0 || names.includes(name))

const of = (client, prefix, entries, more = {}) =>
  entries.map(([name, call]) => ({
    action: 'ModifySmartAccessGateway',
    ...call,
    ...more,
    id: `${prefix}-${name}`,
    client,
    tags: [...call.tags, ...(more.tags ?? [])],
  }))

const bodies = {
  json: {
    tags: ['json', 'chinese', 'list', 'nested'],
    query: { RegionId: 'cn-shanghai' },
    json: { Name: chinese, SmartAGIds: ['a', 'b'], AutoPay: true, Count: 3, Nested: { A: 'b' } },
  },
  byte: { tags: ['byte'], query: { RegionId: 'cn-shanghai' }, bytes: Buffer.from('raw bytes 中') },
  xml: { tags: ['xml'], query: { RegionId: 'cn-shanghai', Format: 'xml' } },
  headers: {
    tags: ['extra-headers'],
    query: { RegionId: 'cn-shanghai' },
    headers: { 'x-acs-custom': 'a, b', 'accept-language': 'zh-CN' },
  },
}

const sts = { session: true, tags: ['sts'] }
const v1 = { config: { signatureAlgorithm: 'v2' } }

/** `{ id, client, tags, action, query?, form?, json?, bytes?, headers?, method?, session?, config?, rsa? }` */
export const cases = [
  ...of('pop', 'pop-get', pick(queries)),
  ...of('pop', 'pop-post', pick(queries, 'basic', 'chinese', 'special', 'newline', 'list'), {
    method: 'POST',
    tags: ['form'],
  }),
  ...of('pop', 'pop-sts', pick(queries, 'basic'), sts),
  ...of('rpc', 'rpc', pick(queries, 'basic', 'special'), { method: 'GET' }),
  ...of('rpc', 'rpc', pick(forms)),
  ...of('client', 'client-v1', [...pick(queries, 'chinese', 'special', 'object-list'), ...pick(forms, 'form')], v1),
  ...of('client', 'client-v1-sts', pick(forms, 'form'), { ...v1, ...sts }),
  ...of('client', 'client-v3', [...pick(queries), ...pick(forms), ...pick(bodies)]),
  ...of('client', 'client-v3-get', pick(queries, 'special'), { method: 'GET' }),
  ...of('client', 'client-v3-sts', pick(forms, 'form'), sts),
  ...of('client', 'client-sm3', pick(forms, 'form'), { config: { signatureAlgorithm: 'ACS3-HMAC-SM3' } }),
  ...of('client', 'client-rsa', pick(queries, 'chinese'), {
    config: { signatureAlgorithm: 'ACS3-RSA-SHA256' },
    rsa: true,
  }),
  ...of('core', 'core-v1', pick(queries, 'list'), v1),
  ...of('core', 'core-v3', [
    ...pick(queries, 'chinese', 'emoji', 'special', 'object-list', 'odd-names'),
    ...pick(bodies),
  ]),
  ...of('core', 'core-v3-sts', pick(queries, 'basic'), sts),
]
