import { UsageError } from '../exit.ts'
import { say } from '../say.ts'

const placeholder = '{region}'

/**
 * Where the API of a region is. One address serves every region of an OpenSAG; the cloud has one per region, written with
 * `{region}` in it: `https://smartag.{region}.aliyuncs.com`.
 * @throws UsageError for an address that a password must not be sent to
 */
export function endpointsOf(endpoint: string): (regionId: string) => string {
  const example = new URL(checked(endpoint.replace(placeholder, 'region')))
  const loopback =
    example.hostname === 'localhost' || example.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(example.hostname)
  if (example.protocol === 'http:' && !loopback) {
    throw new UsageError(say('--endpoint: use https://. Passwords are sent over http:// on this machine only.'))
  }
  return (regionId) => {
    // It becomes part of a host name, and the list of regions came over the network.
    if (!/^[a-z0-9-]{1,64}$/.test(regionId)) throw new UsageError(`"${regionId.slice(0, 64)}" is not a region.`)
    return endpoint.replace(placeholder, regionId)
  }
}

function checked(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new UsageError(say('--endpoint: an address like https://sag.example.com is needed.'))
  }
  if (url.username !== '' || url.password !== '')
    throw new UsageError(say('--endpoint: the address must not contain a user name or password.'))
  return text
}
