import { Secret } from '@opensag/protocol'
import type { PlannedGateway } from '@opensag/rotation'
import type { ApiParams } from '../../api-client.ts'
import type { Answered, Called, Caller } from '../call.ts'

/** Ends the process it happens in, as far as a test can: whatever waits for it waits for ever. */
export const never: Promise<never> = new Promise(() => {})

export type Fault =
  | 'none'
  | 'throttled'
  | 'refused'
  | 'offline'
  | 'not-sent'
  | 'lost before'
  | 'lost after'
  | 'unclear before'
  | 'unclear after'

interface Change {
  readonly ChangeId: string
  readonly SerialNumber: string
  readonly Outcome: 'Succeeded' | 'Failed'
  readonly RequestedAt: number
  readonly RequestId: string
}

/** An endpoint with gateways behind it, as far as a rotation meets one; its clock moves as calls come. */
export function createCloud(options: { readonly fault: () => Fault; readonly keepsRecord: boolean }) {
  const holding = new Map<string, string>()
  const applied = new Map<string, number>()
  const changes: Change[] = []
  let now = 1_000_000
  let requests = 0

  function take(serial: string, password: string, requestId: string, works: boolean): void {
    changes.push({
      ChangeId: `c${requests}`,
      SerialNumber: serial,
      Outcome: works ? 'Succeeded' : 'Failed',
      RequestedAt: now,
      RequestId: requestId,
    })
    if (!works) return
    holding.set(serial, password)
    applied.set(serial, (applied.get(serial) ?? 0) + 1)
  }

  async function call(_region: string, action: string, params: ApiParams): Promise<Called> {
    now += 100
    const requestId = `q${++requests}`
    // Others have their turn: answers come in any order.
    for (let turns = requests % 4; turns >= 0; turns--) await new Promise((next) => setImmediate(next))
    if (action === 'ListAdminPasswordChanges') {
      if (!options.keepsRecord) return answer(404, requestId, { Code: 'InvalidVersion' })
      const Changes = changes.filter(({ SerialNumber }) => SerialNumber === params['SerialNumber'])
      return answer(200, requestId, { Changes: Changes.toReversed().slice(0, 50) })
    }
    if (action === 'DescribeSAGDeviceInfo') return answer(200, requestId, { ControllerState: 'Normal' })
    const serial = String(params['SmartAGSn'] ?? params['SagSn'])
    const password = params['Password'] instanceof Secret ? params['Password'].reveal() : ''
    const fault = options.fault()
    switch (fault) {
      case 'throttled':
        return answer(400, requestId, { Code: 'Throttling.User' })
      case 'refused':
        return answer(400, requestId, { Code: 'ConfigUnsynchronized' })
      case 'offline':
        return answer(400, requestId, { Code: 'SmartAccessGatewayOffline' })
      case 'not-sent':
        return { is: 'not-sent', why: 'ECONNREFUSED' }
      case 'lost before':
        return { is: 'lost', why: 'ECONNRESET' }
      case 'unclear before':
        take(serial, password, requestId, false)
        return answer(500, requestId, { Code: 'InternalError' })
      default:
        take(serial, password, requestId, true)
        if (fault === 'lost after') return { is: 'lost', why: 'ECONNRESET' }
        return fault === 'none' ? answer(200, requestId, {}) : answer(502, undefined, {})
    }
  }

  const caller: Caller = { call, endpointTime: () => now }
  return {
    caller,
    /** The password a gateway accepts; undefined: the one from before. */
    holds: ({ serial }: Pick<PlannedGateway, 'serial'>) => holding.get(serial),
    timesChanged: ({ serial }: Pick<PlannedGateway, 'serial'>) => applied.get(serial) ?? 0,
    get requests() {
      return requests
    },
    /** No call is under way for longer than the shortest pause: that is what settling means. */
    async pause(ms: number): Promise<void> {
      for (let turns = 0; turns < 6; turns++) await new Promise((next) => setImmediate(next))
      now += ms
    },
  }
}

export function answer(
  status: number,
  requestId: string | undefined,
  more: Readonly<Record<string, unknown>>,
): Answered {
  const body = { ...more, ...(requestId === undefined ? {} : { RequestId: requestId }) }
  const code = more['Code']
  return {
    is: 'answered',
    status,
    code: typeof code === 'string' ? code : undefined,
    message: undefined,
    requestId,
    retryAfterMs: undefined,
    body,
  }
}
