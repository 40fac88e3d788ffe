import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { startServer } from '@opensag/server'
import { pino } from 'pino'
import { callApi } from '../../packages/cli/src/api-client.ts'
import { askOperator } from '../../packages/cli/src/operator-client.ts'
import { startRawGateway } from '../channel/raw-gateway.ts'
import { purchase } from '../support/signed-request.ts'

const regionId = 'cn-shanghai'

export interface HungWorld {
  /**
   * The next gateway that is connected and answers nothing: what a client needs to call for its password, as variables of
   * its program. After a call it is off line.
   */
  hang(): Promise<Readonly<Record<string, string>>>
  close(): Promise<void>
}

/** A server as `opensag server` starts it, unless said otherwise, without any gateway yet. */
export async function openHungWorld(answerMs?: number): Promise<HungWorld> {
  const data = await mkdtemp(join(tmpdir(), 'opensag-clients-'))
  const logger = pino({ level: 'silent' })
  const server = await startServer({
    data,
    host: '127.0.0.1',
    port: 0,
    regionId,
    heartbeatMs: 600_000,
    answerMs,
    logger,
  })
  const first = server.firstCredentials
  if (first === undefined) throw new Error('The system is not empty.')
  const key = { ...first, endpoint: server.url }
  const sockets: { terminate(): void }[] = []
  let count = 0

  async function call(action: string, params: Readonly<Record<string, string>>): Promise<string> {
    const { status, body } = await callApi(key, action, { RegionId: regionId, ...params })
    if (status !== 200) throw new Error(`${action} was answered ${JSON.stringify(body)}.`)
    return String(body['SmartAGId'])
  }

  return {
    async hang() {
      const serial = `saghung${count++}`
      const added = await askOperator(data, 'device add', { serial, model: 'sag-1000' })
      const SmartAGId = await call('CreateSmartAccessGateway', purchase)
      await call('BindSerialNumber', { SmartAGId, SerialNumber: serial })
      await call('ActivateSmartAccessGateway', { SmartAGId })
      const enrolmentKey = Secret.of((added as { readonly enrolmentKey: string }).enrolmentKey)
      const gateway = await startRawGateway(`${server.url.replace('http', 'ws')}/channel`, { serial, enrolmentKey })
      sockets.push(gateway.socket)
      return {
        ENDPOINT: new URL(server.url).host,
        KEY_ID: key.accessKeyId,
        KEY_SECRET: key.accessKeySecret.reveal(),
        SAG_ID: SmartAGId,
        SAG_SN: serial,
      }
    },
    async close() {
      for (const socket of sockets) socket.terminate()
      await server.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}
