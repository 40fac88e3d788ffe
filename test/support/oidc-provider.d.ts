/** What of it the tests use: it comes without types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface Result {
    readonly login?: { readonly accountId: string; readonly amr?: readonly string[] | undefined }
  }

  export class Provider {
    constructor(issuer: string, configuration: object)
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Result,
      options?: object,
    ): Promise<void>
  }
}
