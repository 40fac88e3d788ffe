/** Tells what is wrong with the URL at which clients reach a server, and how to write one. It may hold a password, so it is repeated only where it cannot. */
export function publicUrlMistake(text: string): string | undefined {
  const url = /^https?:\/\/[^\s\\]+$/i.test(text) ? parsed(text) : undefined
  if (url === undefined) return `--public-url is not an absolute http or https URL. ${example}`
  if (url.username !== '' || url.password !== '')
    return `--public-url must hold no user name and no password. ${example}`
  // An empty query or fragment leaves no trace in the parsed URL.
  if (/[?#]/.test(text)) return `--public-url: "${text}" must have no query and no fragment. ${example}`
  if (url.pathname !== '/') {
    return `--public-url: "${text}" must have no path, because clients call the API at / of a host. ${example}`
  }
  return undefined
}

const example = 'Write one such as https://sag.example.com.'

function parsed(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
