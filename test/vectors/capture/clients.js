import { createRequire } from 'node:module'

// The clients are CommonJS, with their class under `default`.
const require = createRequire(import.meta.url)
const popCore = require('@alicloud/pop-core')
const rpcClient = require('@alicloud/rpc-client')
const openapiClient = require('@alicloud/openapi-client')
const openapiCore = require('@alicloud/openapi-core')
const { $OpenApiUtil } = openapiCore

// What they are built on, in the version each of them brings.
const ofClient = createRequire(require.resolve('@alicloud/openapi-client'))
const ofCore = createRequire(require.resolve('@alicloud/openapi-core'))
const { default: OpenApiUtil } = ofClient('@alicloud/openapi-util')
const { RuntimeOptions } = ofClient('@alicloud/tea-util')
const { RuntimeOptions: DaraRuntimeOptions } = ofCore('@darabonba/typescript')

const apiVersion = '2018-03-13'

const versionOf = (name) => require(`@alicloud/${name}/package.json`).version

/** The official clients behind one function each: `(port, key, call) => Promise`. */
export const clients = {
  pop: {
    name: '@alicloud/pop-core',
    version: versionOf('pop-core'),
    send: (port, key, { action, query = {}, method = 'GET' }) =>
      new popCore.RPCClient({ ...key, apiVersion, endpoint: `http://127.0.0.1:${port}` }).request(action, query, {
        method,
      }),
  },
  rpc: {
    name: '@alicloud/rpc-client',
    version: versionOf('rpc-client'),
    send: (port, key, { action, query = {}, form, method = 'POST' }) => {
      const config = new rpcClient.Config({ ...key, endpoint: `127.0.0.1:${port}`, protocol: 'http' })
      const client = new rpcClient.default(config)
      return client.doRequest(action, 'HTTP', method, apiVersion, 'AK', query, form, new RuntimeOptions({}))
    },
  },
  client: {
    name: '@alicloud/openapi-client',
    version: versionOf('openapi-client'),
    send: (port, key, call) => {
      const config = new openapiClient.Config({ ...key, ...endpoint(port), ...call.config })
      const request = new openapiClient.OpenApiRequest(requestOf(call))
      const params = new openapiClient.Params(paramsOf(call))
      return new openapiClient.default(config).callApi(params, request, new RuntimeOptions({}))
    },
  },
  core: {
    name: '@alicloud/openapi-core',
    version: versionOf('openapi-core'),
    send: (port, key, call) => {
      const config = new $OpenApiUtil.Config({ ...key, ...endpoint(port), ...call.config })
      const request = new $OpenApiUtil.OpenApiRequest(requestOf(call))
      const params = new $OpenApiUtil.Params(paramsOf(call))
      return new openapiCore.default(config).callApi(params, request, new DaraRuntimeOptions({}))
    },
  },
}

const endpoint = (port) => ({ endpoint: `127.0.0.1:${port}`, protocol: 'http' })

function requestOf({ query, form, json, bytes, headers }) {
  const body = form ?? json
  return {
    headers: headers ?? {},
    ...(query === undefined ? {} : { query: OpenApiUtil.query(query) }),
    ...(body === undefined ? {} : { body: form === undefined ? json : OpenApiUtil.query(form) }),
    ...(bytes === undefined ? {} : { body: bytes }),
  }
}

function paramsOf({ action, json, bytes, method = 'POST' }) {
  return {
    action,
    version: apiVersion,
    protocol: 'HTTP',
    pathname: '/',
    method,
    authType: 'AK',
    style: 'RPC',
    reqBodyType: bytes !== undefined ? 'byte' : json !== undefined ? 'json' : 'formData',
    bodyType: 'json',
  }
}
