import type { Secret } from '@opensag/protocol'

/** The simulated gateways of a sandbox, as far as the operator moves them. */
export interface Simulation {
  /** Builds and powers on a gateway that enrols with this key. */
  add(gateway: { serial: string; model: string; version: string; enrolmentKey: Secret }): Promise<void>
  power(serial: string, on: boolean): Promise<void>
  /** A change at the gateway's local console by the person standing next to it. */
  edit(serial: string, settings: Readonly<Record<string, string>>): Promise<void>
  /** Whether the machine with this address answers the probes of the gateway; all do at first. */
  setAnswers(serial: string, address: string, answers: boolean): Promise<void>
  /** The gateway runs another firmware version from now on. */
  setVersion(serial: string, version: string): Promise<void>
  /** What a Linux machine in its place would hand to each of its programs, in order. */
  rendered(serial: string): Promise<readonly { readonly name: string; readonly text: string }[]>
  has(serial: string): boolean
}
