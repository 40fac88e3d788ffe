// Records what the official npm clients send and writes test/vectors/captured.vectors.json. Run it after one of them was
// upgraded: `node scripts/capture-vectors.js`. The keys are made up and open nothing.
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { cases } from '../test/vectors/capture/cases.js'
import { clients } from '../test/vectors/capture/clients.js'
import { expectedOf } from '../test/vectors/capture/expected.js'
import { startRecorder } from '../test/vectors/capture/recorder.js'

const file = new URL('../test/vectors/captured.vectors.json', import.meta.url)

const plainKey = { accessKeyId: 'LTAI5tCapturedVectors001', accessKeySecret: 'CapturedVectorsSecret012345678' }
const sessionKey = {
  accessKeyId: 'STS.CapturedVectors000001',
  accessKeySecret: 'Captured/Session+Secret=AndMore',
  securityToken: 'CAIS/CapturedToken+abc/def==|~ with space&and=eq',
}
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const rsaKey = {
  accessKeyId: 'TMPSK.CapturedVectors',
  accessKeySecret: privateKey.export({ type: 'pkcs8', format: 'pem' }),
}

const recorder = await startRecorder()
const vectors = []
for (const call of cases) {
  const key = call.rsa ? rsaKey : call.session ? sessionKey : plainKey
  const client = clients[call.client]
  await client.send(recorder.port, key, call)
  const request = recorder.recorded.pop()
  const known = call.rsa ? { publicKey: publicKey.export({ type: 'spki', format: 'pem' }) } : key
  const { scheme, timestamp, nonce, ...expected } = expectedOf(request, known)
  vectors.push({
    id: call.id,
    client: client.name,
    clientVersion: client.version,
    scheme,
    tags: [scheme, request.method, ...call.tags],
    ...key,
    // The private key has done its work; a verifier needs the public one.
    ...(call.rsa ? { accessKeySecret: '', ...known } : {}),
    ...request,
    timestamp,
    nonce,
    ...expected,
  })
}
recorder.close()
writeFileSync(file, `${JSON.stringify(vectors, undefined, 1)}\n`)
console.log(`${vectors.length} requests recorded`)
process.exit()
