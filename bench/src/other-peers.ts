import { createHmac } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { home, type Peer, startProgram } from './peers.ts'

/** Installed by themselves, by `npm run bench`: two hundred megabytes that nothing else needs. */
const modules = join(home, 'bench/peers/node_modules')

const name = (turn: number): string => `branch-${turn}`

/** dynalite keeps its tables in LevelDB. */
export function startDynalite(folder: string): Promise<Peer> {
  const program = `const server = require(${JSON.stringify(join(modules, 'dynalite'))})({ path: ${JSON.stringify(folder)}, createTableMs: 0 })
server.listen(0, '127.0.0.1', () => console.log('listens on http://127.0.0.1:' + server.address().port))`
  return startProgram('dynalite', ['-e', program])
}

function dynaliteRequest(
  port: number,
  action: string,
  input: unknown,
): { headers: Record<string, string>; body: string } {
  return {
    headers: {
      host: `127.0.0.1:${port}`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      'x-amz-date': '20260101T000000Z',
      // It looks at the form and at nothing else: neither the time nor the signature need be right.
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIABENCH/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=00',
    },
    body: JSON.stringify(input),
  }
}

export async function fillDynalite({ port }: Peer, items: number): Promise<void> {
  await must(port, '/', 'POST', dynaliteRequest(port, 'CreateTable', dynaliteTable))
  const describe = dynaliteRequest(port, 'DescribeTable', { TableName: dynaliteTable.TableName })
  while (!(await must(port, '/', 'POST', describe)).includes('"ACTIVE"')) await pause(50)
  for (let item = 0; item < items; item++) await must(port, '/', 'POST', dynaliteUpdate(port, item, 0))
}

const dynaliteTable = {
  TableName: 'instance',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
}

function dynaliteUpdate(port: number, item: number, turn: number): ReturnType<typeof dynaliteRequest> {
  return dynaliteRequest(port, 'UpdateItem', {
    TableName: 'instance',
    Key: { id: { S: `sag-${item}` } },
    UpdateExpression: 'SET #n = :n',
    ExpressionAttributeNames: { '#n': 'Name' },
    ExpressionAttributeValues: { ':n': { S: name(turn) } },
  })
}

export function dynaliteWrite({ port }: Peer, item: number, turn: number): Buffer {
  return whole('POST', '/', dynaliteUpdate(port, item, turn))
}

/** The documented account of every emulator; no secret. */
const azuriteKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

export async function startAzurite(folder: string): Promise<Peer> {
  mkdirSync(folder)
  // It does not say which port it was given.
  const port = await freePort()
  const place = ['--tableHost', '127.0.0.1', '--tablePort', String(port), '--location', folder]
  const program = join(modules, 'azurite/dist/src/table/main.js')
  return startProgram('Azurite', [program, ...place, '--silent', '--disableTelemetry'], {
    readyIn: (output) => (output.includes('successfully started') ? port : undefined),
  })
}

function azuriteRequest(
  port: number,
  resource: string,
  input: unknown,
): { headers: Record<string, string>; body: string } {
  const date = new Date().toUTCString()
  const text = `${date}\n/devstoreaccount1/devstoreaccount1${resource}`
  const signature = createHmac('sha256', Buffer.from(azuriteKey, 'base64')).update(text).digest('base64')
  return {
    headers: {
      host: `127.0.0.1:${port}`,
      'x-ms-date': date,
      'x-ms-version': '2019-02-02',
      'content-type': 'application/json',
      accept: 'application/json;odata=nometadata',
      authorization: `SharedKeyLite devstoreaccount1:${signature}`,
    },
    body: JSON.stringify(input),
  }
}

const entityAt = (item: number): string => `/instance(PartitionKey='cn-shanghai',RowKey='sag-${item}')`

export async function fillAzurite({ port }: Peer, entities: number): Promise<void> {
  const tables = azuriteRequest(port, '/Tables', { TableName: 'instance' })
  await must(port, '/devstoreaccount1/Tables', 'POST', tables)
  let next = 0
  const take = async (): Promise<void> => {
    for (let item = next++; item < entities; item = next++) {
      await must(
        port,
        `/devstoreaccount1${entityAt(item)}`,
        'PUT',
        azuriteRequest(port, entityAt(item), { Name: name(0) }),
      )
    }
  }
  await Promise.all(Array.from({ length: 16 }, take))
}

export function azuriteWrite({ port }: Peer, item: number, turn: number): Buffer {
  const request = azuriteRequest(port, entityAt(item), { Name: name(turn) })
  return whole('PUT', `/devstoreaccount1${entityAt(item)}`, {
    ...request,
    headers: { ...request.headers, 'if-match': '*' },
  })
}

function whole(
  method: string,
  path: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Buffer {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) })
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n${body}`,
  )
}

async function must(
  port: number,
  path: string,
  method: string,
  { headers: { host: _, ...headers }, body }: { headers: Record<string, string>; body: string },
): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}
