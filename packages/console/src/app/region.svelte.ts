import { remember, remembered } from './remembered.ts'

const isRegion = (text: string): text is string => /^[a-z]{2}-[a-z0-9-]+$/.test(text)

/** The region that was chosen last, which forms begin with. A gateway and a network have their own. */
class RegionChoice {
  #current = $state(remembered('region', isRegion) ?? 'cn-shanghai')

  get current(): string {
    return this.#current
  }

  choose(region: string): void {
    this.#current = region
    remember('region', region)
  }
}

export const region = new RegionChoice()
