// The API as everybody has it (/api/v1), with the session's cookie and its token against forged requests.
import { config } from './page.mjs'

export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? String(status))
    this.status = status
    this.body = body ?? {}
  }
}
// The request did not arrive, or its answer did not: whether it was done is not known.
export class Unreachable extends Error {}

export async function ask(method, path, { body, match, unless, keepalive, signal } = {}) {
  const headers = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang }
  if (method !== 'GET') headers['X-CSRF-Token'] = config.csrf
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (match) headers['If-Match'] = match
  if (unless) headers['If-None-Match'] = unless
  let response, text
  try {
    response = await fetch(path, {
      method, headers, keepalive, signal, cache: 'no-store', body: body === undefined ? undefined : JSON.stringify(body),
    })
    text = await response.text()
  } catch (fault) {
    if (fault.name === 'AbortError') throw fault
    throw new Unreachable(fault.message)
  }
  const result = { status: response.status, etag: response.headers.get('ETag'), body: undefined }
  try {
    if (text) result.body = JSON.parse(text)
  } catch {
    if (response.ok) throw new Unreachable('not JSON') // a proxy, or the page of a network that wants a sign-in
  }
  if (!response.ok && response.status !== 304) throw new Problem(response.status, result.body)
  return result
}

// After another sign-in in this browser: the new session's token, when it is the same account's.
export async function renew() {
  let page
  try {
    const response = await fetch(config.page, { cache: 'no-store' })
    page = new DOMParser().parseFromString(await response.text(), 'text/html')
  } catch (fault) {
    throw new Unreachable(fault.message)
  }
  const found = page.getElementById('config')
  if (!found) return 'signed-out'
  const now = JSON.parse(found.textContent)
  if (now.account !== config.account) return 'other-account'
  config.csrf = now.csrf
  return 'renewed'
}

// Of a session that has ended, too, where the same account has signed in again since.
export async function askAgain(...request) {
  try {
    return await ask(...request)
  } catch (fault) {
    const ended = fault.status === 401 || fault.status === 403
    if (!ended || (await renew()) !== 'renewed') throw fault
    return ask(...request)
  }
}
