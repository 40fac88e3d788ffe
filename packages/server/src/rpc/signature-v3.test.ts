import { createSign, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { publicKey } from '../access/signing-keys.ts'
import { algorithmV3, canonicalRequestV3, type SignedV3, stringToSignV3, verifyV3 } from './signature-v3.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = publicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString())
const algorithm = algorithmV3('ACS3-RSA-SHA256')
if (algorithm === undefined) throw new Error('There is no RSA.')
const signed: SignedV3 = {
  algorithm,
  method: 'POST',
  query: new Map([['A', 'b']]),
  headers: [['host', 'sag.example']],
  body: Buffer.from('body'),
}
const right = createSign('RSA-SHA256')
  .update(stringToSignV3(signed, canonicalRequestV3(signed)))
  .sign(pair.privateKey, 'hex')

test.each([
  ['the right one', right, true],
  ['with something behind it', `${right}zz`, false],
  ['with a space behind it', `${right} `, false],
  ['in upper case', right.toUpperCase(), false],
  ['nothing', '', false],
  ['another one', right.replace(/^../, (byte) => (byte === '00' ? '01' : '00')), false],
])('a signature with an RSA key, %s: %s', (_title, signature, isRight) => {
  expect(verifyV3(keys, signed, signature)).toBe(isRight)
})
