/** Posts the form of a gateway's local console as a browser does, and tells the status. */
async function post(url: string, path: string, password: string): Promise<Response> {
  const target = new URL(path, url)
  return fetch(target, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: target.origin },
    body: new URLSearchParams({ username: 'admin', password }),
  })
}

export async function setFirstPassword(consoleUrl: string, password: string): Promise<number> {
  return (await post(consoleUrl, '/setup', password)).status
}

/** 303 when it opens the console, 401 when it does not. */
export async function logOn(consoleUrl: string, password: string): Promise<number> {
  return (await post(consoleUrl, '/login', password)).status
}

/** The page a person sees after logging on. */
export async function statusPageOf(consoleUrl: string, password: string): Promise<string> {
  const entered = await post(consoleUrl, '/login', password)
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return (await fetch(consoleUrl, { headers: { cookie } })).text()
}
