import { isDenied } from '../../app/denied.ts'
import { callByName } from '../../app/session.svelte.ts'

/** The free block that the server proposes: it knows every member, which this page need not. */
export class Proposal {
  #block = $state<string>()
  #state = $state<'asked' | 'found' | 'none' | 'denied'>('asked')
  #asked = 0

  get block(): string | undefined {
    return this.#block
  }

  get state(): 'asked' | 'found' | 'none' | 'denied' {
    return this.#state
  }

  /** Undefined when there is none, when nobody may know, and when something else was asked meanwhile. */
  async ask(regionId: string, ccnId: string | undefined, prefix: number): Promise<string | undefined> {
    this.#asked += 1
    const own = this.#asked
    try {
      const params = { RegionId: regionId, CcnId: ccnId, PrefixLength: prefix }
      const { CidrBlock } = await callByName<{ readonly CidrBlock?: string }>('OpenSAG', 'ProposeCidrBlock', params)
      if (own !== this.#asked) return undefined
      this.#block = CidrBlock
      this.#state = CidrBlock === undefined ? 'none' : 'found'
      return CidrBlock
    } catch (error) {
      // A block can be typed as well, whatever was in the way.
      if (own === this.#asked) this.#state = isDenied(error) ? 'denied' : 'none'
      return undefined
    }
  }
}
