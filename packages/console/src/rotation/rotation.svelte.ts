import {
  type Answer,
  keyOf,
  makePassword,
  type Outcome,
  type PlannedGateway,
  type Summary,
  summarise,
} from '@opensag/rotation'
import { ApiError, Unreachable } from '@opensag/smartag-client'
import { clock } from '../app/clock.ts'
import { call, callByName, session } from '../app/session.svelte.ts'
import { type GatewayProgress, type RotationContext, type RunEnd, type RunSettings, runRotation } from './run.ts'

const context: RotationContext = {
  async call({ regionId, instanceId, serial }, operation, password): Promise<Answer | 'lost'> {
    const place =
      operation === 'ModifySAGAdminPassword'
        ? { SmartAGId: instanceId, SmartAGSn: serial }
        : { SagInsId: instanceId, SagSn: serial }
    try {
      // Whatever an answer has is judged, whether its operation declares it or not.
      const answer = await callByName('Smartag', operation, { RegionId: regionId, ...place, Password: password })
      return {
        status: 200,
        code: answer['Code'] === undefined ? undefined : String(answer['Code']),
        success: answer['Success'] as boolean | undefined,
        requestId: String(answer['RequestId']),
      }
    } catch (error) {
      if (error instanceof ApiError)
        return { status: error.status, code: error.code, requestId: error.requestId || undefined }
      if (error instanceof Unreachable) return 'lost'
      throw error
    }
  },

  /** The newest change of this device since then; one that is not decided yet says nothing. */
  async readBack({ instanceId, serial }, begunAt) {
    try {
      const asked = { SmartAGId: instanceId, SerialNumber: serial, MaxResults: 1 }
      const { Changes } = await call('OpenSAG', 'ListAdminPasswordChanges', asked)
      const [newest] = Changes
      // The two clocks may differ a little.
      if (newest === undefined || Date.parse(newest.RequestedAt ?? '') < begunAt - 60_000) return 'unchanged'
      return newest.Outcome === 'Succeeded' ? 'changed' : newest.Outcome === 'Failed' ? 'unchanged' : 'unknown'
    } catch (error) {
      if (error instanceof ApiError || error instanceof Unreachable) return 'unknown'
      throw error
    }
  },

  pause: (ms) => new Promise((next) => setTimeout(next, ms)),
  now: () => clock.now(),
  chance: () => Math.random(),
  password: () => makePassword((bytes) => crypto.getRandomValues(new Uint8Array(bytes))),
}

/** The one rotation of this page. It goes on while somebody looks at other screens. */
class Rotation {
  #plan = $state.raw<readonly PlannedGateway[]>([])
  #progress = $state.raw<ReadonlyMap<string, GatewayProgress>>(new Map())
  #wave = $state(-1)
  #end = $state.raw<{ readonly end: RunEnd; readonly why: string } | undefined>()
  #error = $state.raw<unknown>()
  #isRunning = $state(false)
  #isStopping = $state(false)
  #owner: unknown
  #isKept = true

  get plan(): readonly PlannedGateway[] {
    return this.#plan
  }

  get progress(): ReadonlyMap<string, GatewayProgress> {
    return this.#progress
  }

  get wave(): number {
    return this.#wave
  }

  get end(): { readonly end: RunEnd; readonly why: string } | undefined {
    return this.#end
  }

  get error(): unknown {
    return this.#error
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  get isStopping(): boolean {
    return this.#isStopping
  }

  summary(): Summary {
    const outcomes: (Outcome | undefined)[] = this.#plan.map((gateway) => this.#progress.get(keyOf(gateway))?.outcome)
    return summarise(outcomes)
  }

  async begin(plan: readonly PlannedGateway[], settings: RunSettings): Promise<void> {
    if (this.#isRunning) return
    this.clear()
    this.#plan = plan
    this.#isRunning = true
    this.#owner = session.current
    this.#isKept = false
    // Shown some times a second: a thousand gateways end faster than anybody reads.
    const found = new Map<string, GatewayProgress>()
    const show = (): void => {
      this.#progress = new Map(found)
    }
    const timer = setInterval(show, 250)
    try {
      this.#end = await runRotation(plan, settings, context, {
        progress: (progress) => void found.set(keyOf(progress.gateway), progress),
        wave: (number) => {
          this.#wave = number
        },
        isStopped: () => this.#isStopping || session.current !== this.#owner,
      })
    } catch (error) {
      this.#error = error
    } finally {
      clearInterval(timer)
      show()
      this.#isRunning = false
      this.#isStopping = false
    }
  }

  stop(): void {
    this.#isStopping = true
  }

  clear(): void {
    this.#plan = []
    this.#progress = new Map()
    this.#wave = -1
    this.#end = undefined
    this.#error = undefined
    this.#isKept = true
  }

  /** Passwords that are nowhere but here. */
  get hasUnkept(): boolean {
    return !this.#isKept && [...this.#progress.values()].some(({ password }) => password !== undefined)
  }

  /** One line a device whose new password may be in force. */
  asCsv(): string {
    this.#isKept = true
    const lines = [...this.#progress.values()].flatMap(({ gateway, outcome, password }) =>
      password === undefined
        ? []
        : [[gateway.regionId, gateway.instanceId, gateway.serial, outcome?.is ?? '', password].join(',')],
    )
    return `${['region,instance,serial,outcome,password', ...lines].join('\r\n')}\r\n`
  }
}

export const rotation = new Rotation()

addEventListener('beforeunload', (event) => {
  if (rotation.isRunning || rotation.hasUnkept) event.preventDefault()
})
