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
import { saveFile } from '../app/csv.ts'
import { call, callByName, session } from '../app/session.svelte.ts'
import { passwordList } from './password-list.ts'
import { type GatewayProgress, type RotationContext, type RunEnd, type RunSettings, runRotation } from './run.ts'
import type { Seal } from './seal.ts'

const context: Omit<RotationContext, 'password'> = {
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
  /** The list as it should be saved, and whether it has been. */
  #list = $state.raw<{ readonly content: string; readonly isSaved: boolean } | undefined>()
  #listNumber = 0
  #seal: Seal | undefined
  #passwords: ReadonlyMap<string, string> = new Map()

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

  /** The list of new passwords is not what was saved last. */
  get isListNew(): boolean {
    return this.#list?.isSaved === false
  }

  get isSealed(): boolean {
    return this.#seal !== undefined
  }

  /**
   * Makes the passwords and gives out the list of them before the first call, so that whatever becomes of this page none
   * is lost. After each wave there is a new list, with what became of each gateway.
   *
   * @param seal how the list is encrypted; undefined: somebody wants it as it is
   */
  async begin(plan: readonly PlannedGateway[], settings: RunSettings, seal: Seal | undefined): Promise<void> {
    if (this.#isRunning) return
    this.clear()
    this.#plan = plan
    this.#isRunning = true
    this.#owner = session.current
    this.#seal = seal
    const able = plan.filter(({ wave }) => wave !== undefined)
    const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes))
    this.#passwords = new Map(able.map((gateway) => [keyOf(gateway), makePassword(random)]))
    // Shown some times a second: a thousand gateways end faster than anybody reads.
    const found = new Map<string, GatewayProgress>()
    const show = (): void => {
      this.#progress = new Map(found)
    }
    const timer = setInterval(show, 250)
    try {
      await this.#renewList()
      this.saveList()
      const password = (gateway: PlannedGateway): string => this.#passwords.get(keyOf(gateway)) ?? ''
      this.#end = await runRotation(
        plan,
        settings,
        { ...context, password },
        {
          progress: (progress) => void found.set(keyOf(progress.gateway), progress),
          wave: (number) => {
            this.#wave = number
            show()
            if (number > 0) void this.#renewList()
          },
          isStopped: () => this.#isStopping || session.current !== this.#owner,
        },
      )
    } catch (error) {
      this.#error = error
    } finally {
      clearInterval(timer)
      show()
      this.#isRunning = false
      this.#isStopping = false
    }
    try {
      await this.#renewList()
    } catch (error) {
      this.#error ??= error
    }
  }

  async #renewList(): Promise<void> {
    this.#listNumber += 1
    const number = this.#listNumber
    const csv = passwordList(this.#plan, this.#progress, { passwords: this.#passwords, isRunning: this.#isRunning })
    const content = this.#seal === undefined ? csv : await this.#seal(csv)
    // A later one may have been ready sooner.
    if (number === this.#listNumber) this.#list = { content, isSaved: false }
  }

  saveList(): void {
    if (this.#list === undefined) return
    const name = this.#seal === undefined ? 'gateway-passwords.csv' : 'gateway-passwords.csv.age'
    saveFile(name, this.#list.content, this.#seal === undefined ? 'text/csv' : 'application/octet-stream')
    this.#list = { ...this.#list, isSaved: true }
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
    this.#list = undefined
    this.#seal = undefined
    this.#passwords = new Map()
  }
}

export const rotation = new Rotation()

addEventListener('beforeunload', (event) => {
  if (rotation.isRunning || rotation.isListNew) event.preventDefault()
})
