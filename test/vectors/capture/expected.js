import { createHash, createHmac, createVerify } from 'node:crypto'

/**
 * What a server has to compute from a recorded request, worked out from the published rules by code of its own. Throws
 * when the client's signature does not come out: then the recording is wrong, or these rules are.
 */
export function expectedOf(request, key) {
  const header = (name) => Object.entries(request.headers).find(([other]) => other.toLowerCase() === name)?.[1]
  const query = pairs(request.path.slice(request.path.indexOf('?') + 1))
  const isForm = (header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  const all = [...(request.path.includes('?') ? query : []), ...(isForm ? pairs(request.body) : [])]
  const { Signature, ...params } = Object.fromEntries(all)
  return header('authorization') === undefined
    ? v1(request, params, Signature, key)
    : v3(request, header, request.path.includes('?') ? Object.fromEntries(query) : {}, params, key)
}

function v1({ method }, params, signature, { accessKeySecret }) {
  const stringToSign = `${method}&%2F&${encode(canonical(params, encode))}`
  const expectedSignature = createHmac('sha1', `${accessKeySecret}&`).update(stringToSign).digest('base64')
  if (expectedSignature !== signature) throw new Error(`V1: ${stringToSign} does not give ${signature}`)
  return {
    scheme: 'V1',
    timestamp: params.Timestamp,
    nonce: params.SignatureNonce,
    stringToSign,
    expectedSignature,
    params,
  }
}

function v3({ method, body }, header, query, params, { accessKeySecret, publicKey }) {
  const [, algorithm, signed, signature] =
    /^(\S+) Credential=[^,]*,SignedHeaders=([^,]*),Signature=(.*)$/.exec(header('authorization')) ?? []
  const hash = algorithm.endsWith('SM3') ? 'sm3' : 'sha256'
  const matches = (text) =>
    publicKey === undefined
      ? createHmac(hash, accessKeySecret).update(text).digest('hex') === signature
      : createVerify('RSA-SHA256').update(text).verify(publicKey, Buffer.from(signature, 'hex'))

  const found = Object.entries(nameForms).flatMap(([queryKeyForm, form]) => {
    const lines = signed.split(';').map((name) => `${name}:${header(name)}\n`)
    const canonicalRequest = `${method}\n/\n${canonical(query, form)}\n${lines.join('')}\n${signed}\n${digest(hash, body)}`
    const stringToSign = `${algorithm}\n${digest(hash, canonicalRequest)}`
    return matches(stringToSign) ? [{ queryKeyForm, canonicalRequest, stringToSign }] : []
  })
  if (found.length === 0) throw new Error(`V3: no form of the names gives ${signature}`)
  return {
    scheme: publicKey !== undefined ? 'V3-RSA' : hash === 'sm3' ? 'V3-SM3' : 'V3',
    timestamp: header('x-acs-date'),
    nonce: header('x-acs-signature-nonce'),
    ...found[0],
    queryKeyForm: found.length > 1 ? 'any' : found[0].queryKeyForm,
    expectedSignature: signature,
    params,
  }
}

const nameForms = { encoded: encode, raw: (name) => name }

function canonical(params, nameForm) {
  const names = Object.keys(params).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return names.map((name) => `${nameForm(name)}=${encode(params[name])}`).join('&')
}

function encode(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function digest(hash, text) {
  return createHash(hash).update(text).digest('hex')
}

function pairs(text) {
  return [...new URLSearchParams(text)]
}
