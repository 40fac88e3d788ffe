import type { SmartagClient } from '@opensag/smartag-client'
import { AbstractStartedContainer, GenericContainer } from 'testcontainers'

/** A sandbox of OpenSAG in a container, with Testcontainers (`testcontainers`, 10 or newer). */
export declare class OpenSagContainer extends GenericContainer {
  /** @param image such as `opensag:0.2.0` */
  constructor(image: string)
  /** Region of the sandbox; cn-shanghai unless it is said. */
  withRegion(regionId: string): this
  /** Resolves when every gateway is online. */
  override start(): Promise<StartedOpenSagContainer>
}

export declare class StartedOpenSagContainer extends AbstractStartedContainer {
  readonly endpoint: string
  readonly regionId: string
  readonly accountId: string
  readonly key: { readonly accessKeyId: string; readonly accessKeySecret: string }
  /** The typed client, with that key. */
  readonly client: SmartagClient
  readonly gateways: readonly ContainedGateway[]
  /** @throws when no gateway has this name */
  gateway(name: string): ContainedGateway
  /** Runs `opensag operator` in the container and answers what it prints as JSON. */
  operator(...args: readonly string[]): Promise<unknown>
}

/** A simulated gateway; two serial numbers where a second device stands by. */
export interface ContainedGateway {
  readonly name: string
  readonly instanceId: string
  readonly serials: readonly string[]
}
