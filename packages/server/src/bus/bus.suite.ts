import { afterEach, beforeEach, expect, test } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import { type Bus, type BusMessage, NoReply, NoResponder } from './bus.ts'

/** Who asks, and the node that holds gateways: one node, or two that know each other by the bus only. */
export interface BusPlace {
  readonly asker: Bus
  readonly holder: Bus
  /** Resolves when the asker reaches what the holder serves by now. */
  settled(): Promise<void>
  close(): Promise<void>
}

const silent = (): Promise<BusMessage> => new Promise(() => {})
const long = limit(20_000)
/** Long enough for who is there to answer; a test that waits for it takes as long. */
const short = limit(300)

/** What every bus must do, whether the gateway is held by the node that asks or by another one. */
export function busSuite(newPlace: () => Promise<BusPlace>): void {
  let place: BusPlace
  let asker: Bus
  let holder: Bus
  beforeEach(async () => {
    place = await newPlace()
    asker = place.asker
    holder = place.holder
  })
  afterEach(() => place.close())

  async function served(...given: Parameters<Bus['serve']>): Promise<() => void> {
    const end = holder.serve(...given)
    await place.settled()
    return end
  }

  test('the handler gets the message and the time it has, and its answer comes back', async () => {
    await served('s', async (message, timeoutMs) => ({ message, isInTime: timeoutMs > 0 && timeoutMs <= long }))
    expect(await asker.request('s', { ask: [1, 'ü'] }, long)).toEqual({ message: { ask: [1, 'ü'] }, isInTime: true })
  })

  test('a gateway nobody serves is known to be offline', async () => {
    await expect(asker.request('s', {}, long)).rejects.toThrow(NoResponder)
    const end = await served('s', silent)
    end()
    await place.settled()
    await expect(asker.request('s', {}, long)).rejects.toThrow(NoResponder)
  })

  test('no answer in time is no reply, never an absence', async () => {
    await served('s', silent)
    await expect(asker.request('s', {}, short)).rejects.toThrow(NoReply)
  })

  test('a connection that ends leaves no reply at once', async () => {
    let arrived = (): void => {}
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const end = await served('s', () => {
      arrived()
      return silent()
    })
    const asked = expect(asker.request('s', {}, long)).rejects.toThrow(NoReply)
    await isThere
    end()
    await asked
  })

  test('a newer connection takes over, and the end of the older does not end it', async () => {
    const endOlder = await served('s', silent)
    const endNewer = await served('s', async () => ({ from: 'newer' }))
    endOlder()
    endOlder()
    await place.settled()
    expect(await asker.request('s', {}, long)).toEqual({ from: 'newer' })
    endNewer()
    await place.settled()
    await expect(asker.request('s', {}, long)).rejects.toThrow(NoResponder)
  })

  test.each([
    ['at once', () => Promise.reject(new Error('no'))],
    [
      'before its first await',
      () => {
        throw new Error('no')
      },
    ],
  ])('what the handler throws %s is neither an absence nor a silence', async (_when, handler) => {
    await served('s', handler)
    const failed = await asker.request('s', {}, long).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(Error)
    expect(failed instanceof NoReply || failed instanceof NoResponder).toBe(false)
  })

  test('requests to several gateways do not touch one another', async () => {
    const end = await served('a', silent)
    await served('b', async () => ({ from: 'b' }))
    const toA = expect(asker.request('a', {}, long)).rejects.toThrow(NoReply)
    expect(await asker.request('b', {}, long)).toEqual({ from: 'b' })
    end()
    await toA
  })

  test('closing ends every request, and nobody is served any more', async () => {
    await served('s', silent)
    const asked = expect(asker.request('s', {}, long)).rejects.toThrow(NoReply)
    await Promise.all([asked, holder.close(), asker.close()])
  })
}
